// What happened to a history: the events, and the store that keeps them.
//
// The log says what the commits that HEAD reaches are. A commit that is new is made; one that HEAD reaches no more, after
// an amend, a rebase or a reset, is withdrawn, together with its changes. So the log is only ever appended to, and still
// its fold is always the history of the current HEAD.
#pragma once

#include <anabranch/anabranch.hpp>

#include <compare>
#include <cstdint>
#include <string>

// A commit as Git shows it. One whose parents are cut off, in a shallow clone, is another one than with them: it has other
// changes.
struct commit_key {
  std::string id;
  std::int64_t parents;
  friend auto operator<=>(commit_key const&, commit_key const&) = default;
};

struct commit_made {
  commit_key key;
  std::string author;  // "Name <mail>", as the commit says it; who that is today, .mailmap says when it is shown
  std::int64_t at;     // when it was authored, in seconds since 1970
};

// A line of `git log --numstat`, of the commit before it. A renamed file has its new path, a binary one no lines.
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

struct history : ab::store<history_event, ab::policies<ab::file_storage<ab::sync_each>>> {};
