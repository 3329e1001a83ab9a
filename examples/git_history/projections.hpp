// What a history is folded into.
#pragma once

#include "history.hpp"

#include <anabranch/codec/types/map.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>

// Counts by key. A key whose count is back at zero is gone, as if it had never been there.
template <class Key>
void count(std::map<Key, std::int64_t>& counts, Key const& key, std::int64_t n) {
  auto const at = counts.try_emplace(key).first;
  if ((at->second += n) == 0) counts.erase(at);
}

struct totals {
  std::int64_t commits = 0, lines_added = 0, lines_removed = 0;

  void apply(commit_made const&) { ++commits; }
  void apply(commit_withdrawn const&) { --commits; }
  void apply(file_changed const& e) { lines_added += e.added, lines_removed += e.removed; }
  void apply(change_withdrawn const& e) { lines_added -= e.was.added, lines_removed -= e.was.removed; }
  friend bool operator==(totals const&, totals const&) = default;
};

struct authors {
  std::map<std::string, std::int64_t> commits;

  void apply(commit_made const& e) { count(commits, e.author, +1); }
  void apply(commit_withdrawn const& e) { count(commits, e.was.author, -1); }
  void apply(ab::others) {}
  friend bool operator==(authors const&, authors const&) = default;
};

struct hottest_files {
  std::map<std::string, std::int64_t> changes;

  void apply(file_changed const& e) { count(changes, e.path, +1); }
  void apply(change_withdrawn const& e) { count(changes, e.was.path, -1); }
  void apply(ab::others) {}
  friend bool operator==(hottest_files const&, hottest_files const&) = default;
};

struct activity {
  std::map<std::int64_t, std::int64_t> commits;  // by day, in days since 1970

  void apply(commit_made const& e) { count(commits, day(e), +1); }
  void apply(commit_withdrawn const& e) { count(commits, day(e.was), -1); }
  void apply(ab::others) {}
  static std::int64_t day(commit_made const& e) { return e.at / 86'400 - (e.at % 86'400 < 0 ? 1 : 0); }
  friend bool operator==(activity const&, activity const&) = default;
};

// The commits that the log has.
struct known_commits {
  std::set<commit_key> keys;

  void apply(commit_made const& e) { keys.insert(e.key); }
  void apply(commit_withdrawn const& e) { keys.erase(e.was.key); }
  void apply(ab::others) {}
};
