/// @file
/// When a byte log syncs: the durability policies.
#pragma once

#include <concepts>
#include <cstdint>

namespace ab {

/// A durability policy: `due(ms)` says whether a commit syncs, given the milliseconds since the last sync.
///
/// | policy | a commit returns after | a power failure loses | a killed process loses |
/// |---|---|---|---|
/// | `sync_each` | its own sync | nothing acknowledged | nothing acknowledged |
/// | `sync_group` | a sync it shares with those who waited meanwhile | nothing acknowledged | nothing acknowledged |
/// | `sync_interval<ms>` | the write; every `ms` a sync | commits since the last sync | nothing acknowledged |
/// | `no_sync` | the write | what the system hasn't written back (often 30 s) | nothing acknowledged |
///
/// What is lost is always a suffix: under every policy, recovery keeps a prefix of whole commits.
template <class D>
concept durability = requires(std::uint64_t milliseconds) {
  { D::due(milliseconds) } -> std::same_as<bool>;
  { D::acknowledged_is_synced } -> std::convertible_to<bool>;
};

/// Each commit is synced before it returns. The default.
struct sync_each {
  static constexpr bool acknowledged_is_synced = true;
  static constexpr bool due(std::uint64_t) noexcept { return true; }
};

/// As `sync_each`, but threads that commit at the same time share one write and one sync. One thread alone sees no
/// difference. The sharing is done by the storage above the log, since the log knows no threads.
struct sync_group {
  static constexpr bool acknowledged_is_synced = true;
  static constexpr bool due(std::uint64_t) noexcept { return true; }
};

/// A commit syncs when the last sync is at least `Milliseconds` ago, and so does closing.
///
/// There is no background thread: what was committed last stays unsynced until the next commit, `sync()`, or close.
template <std::uint64_t Milliseconds>
struct sync_interval {
  static constexpr bool acknowledged_is_synced = false;
  static constexpr bool due(std::uint64_t milliseconds) noexcept { return milliseconds >= Milliseconds; }
};

/// Nothing syncs but `sync()`, the change to a new segment, and closing.
struct no_sync {
  static constexpr bool acknowledged_is_synced = false;
  static constexpr bool due(std::uint64_t) noexcept { return false; }
};

}  // namespace ab
