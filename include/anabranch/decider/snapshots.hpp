/// @file
/// Snapshots on the way: `ab::from_snapshot` and `ab::snapshot_every`.
#pragma once

#include "anabranch/core/identifiers.hpp"

#include <cstdint>

namespace ab {

namespace detail {

struct snapshot_option;

struct no_snapshots {
  static constexpr bool loads = false;
  static constexpr bool writes = false;
};

}  // namespace detail

/// Starts from the stream's snapshot where there is one. Needed where the stream is compacted.
inline constexpr struct from_snapshot_t {
  using handle_option = detail::snapshot_option;
  static constexpr bool loads = true;
  static constexpr bool writes = false;
} from_snapshot{};

/// Starts from the stream's snapshot, and keeps a new one in each commit that brings the stream's n-th, 2n-th, … event. Where
/// a writer without this option brings it, that one is left out.
class snapshot_every {
 public:
  using handle_option = detail::snapshot_option;
  static constexpr bool loads = true;
  static constexpr bool writes = true;

  /// @param events fewer than 1 are 1
  constexpr explicit snapshot_every(std::int64_t events) noexcept : every_(events < 1 ? 1 : events) {}

  /// Whether the events after `before`, through `now`, contain one whose snapshot is kept.
  /// @param none the revision of a stream without events
  constexpr bool due(revision before, revision now, revision none) const noexcept {
    return (now.value - none.value) / every_ > (before.value - none.value) / every_;
  }

 private:
  std::int64_t every_;
};

}  // namespace ab
