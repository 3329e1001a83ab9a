// How a log follows a repository.
#pragma once

#include "history.hpp"
#include "progress.hpp"
#include "repository.hpp"

#include <span>
#include <vector>

using history_log = history::stream_type<>;

// Where HEAD and the log differ.
struct difference {
  std::vector<commit_key> fresh;  // HEAD reaches them, and the log doesn't have them; parents before children
  std::vector<commit_key> gone;   // the log has them, and HEAD reaches them no more
};
difference compare(repository const& source, history_log const& log);

// Appends commits and their changes, a batch at a time: each is in the log as a whole or not at all.
void append(history_log log, repository const& source, std::span<commit_key const> commits, progress& shown);

// Takes commits out of the history by appending that they were withdrawn. All of them or none.
void withdraw(history_log log, std::span<commit_key const> commits);
