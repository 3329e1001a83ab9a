// A Git repository, read by running git itself, so that what is read is what git says.
#pragma once

#include "history.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

class repository {
 public:
  // The repository that `path` is, or lies in. Throws `failure` where there is none.
  explicit repository(std::string path);

  // Where it keeps its data: `<path>/.git`, or wherever that leads.
  std::string const& git_directory() const { return git_directory_; }

  // The commits that HEAD reaches, parents before children. None where HEAD names no commit yet.
  std::vector<commit_key> commits() const;

  // Those commits with their changes, in their order.
  std::vector<history_event> read(std::span<commit_key const> commits) const;

  // Everything on which the changes of commits depend besides the commits: git's version, its configuration of diffs, the
  // attributes of files that are checked in, and what is replaced.
  std::string diff_settings() const;

  // The names of authors, "Name <mail>" each, as .mailmap has them today, in their order.
  std::vector<std::string> names(std::span<std::string const> authors) const;

 private:
  std::string git(std::vector<std::string> arguments) const;

  std::string path_;
  std::string git_directory_;
};
