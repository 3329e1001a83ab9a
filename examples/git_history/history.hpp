// What happens to a history: the events, and the store that keeps them.
//
// The log says which commits HEAD reaches. One that is new is made; one that HEAD reaches no more, after an amend, a rebase
// or a reset, is withdrawn, with its changes. So the log only ever grows, and still its fold is the history of HEAD.
#pragma once

#include <anabranch/anabranch.hpp>
#include <anabranch/storage/file.hpp>

#include <compare>
#include <cstdint>
#include <string>

// A commit as Git shows it. Where a shallow clone cuts off its parents it is another one, since it has other changes.
struct commit_key {
  std::string id;
  std::int64_t parents;
  friend auto operator<=>(commit_key const&, commit_key const&) = default;
};

struct commit_made {
  commit_key key;
  std::string author;  // "Name <mail>", as the commit has it: who that is, .mailmap says when it is shown
  std::int64_t at;     // when it was authored, in seconds since 1970
};

// A file in the commit before it, as `git log --numstat` has it: a renamed one by its new path, a binary one without lines.
struct file_changed {
  std::string path;
  std::int64_t added, removed;
};

struct commit_withdrawn {
  commit_made was;
};
struct change_withdrawn {
  file_changed was;
};

using history_event = ab::one_of<commit_made, file_changed, commit_withdrawn, change_withdrawn>;

struct in_files : ab::policies<ab::file_storage<ab::sync_each>> {};
using history = ab::store<history_event, in_files>;
using history_log = history::stream_type<>;

// Most histories are small: the store need not take 64 MiB at once.
constexpr ab::file::log_options to_write{.segment_size = 4 << 20};
constexpr ab::file::log_options to_read{.mode = ab::file::open_mode::read};
