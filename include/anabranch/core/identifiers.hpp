/// @file
/// Strong types for the numbers of a log, so that a revision is never passed for a position.
#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>

namespace ab {

/// A place in an order. `Tag` keeps the orders apart.
template <class Tag>
struct ordinal {
  std::int64_t value = 0;

  /// The one after it; the last that a number can tell comes after itself.
  constexpr ordinal next() const noexcept { return {value == INT64_MAX ? value : value + 1}; }
  /// The one before it; the first that a number can tell comes before itself.
  constexpr ordinal previous() const noexcept { return {value == INT64_MIN ? value : value - 1}; }
  friend constexpr auto operator<=>(ordinal, ordinal) = default;
  /// Writes the number.
  template <class Traits>
  friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, ordinal n) {
    return out << n.value;
  }
};

/// The place of an event in its stream. The first is 1, or 0 under `ab::revisions_from<0>`; one below the first means "none".
using revision = ordinal<struct revision_tag>;

/// The place of an event in the whole store, counted from 1; 0 means "none".
using position = ordinal<struct position_tag>;

/// A replica: a stable number that is given out once and never used again.
struct origin {
  std::uint64_t value = 0;
  friend constexpr auto operator<=>(origin const&, origin const&) = default;
};

/// An event's identity across replicas: who wrote it, and as which of their events.
struct event_id {
  origin from{};
  std::uint64_t sequence = 0;
  friend constexpr auto operator<=>(event_id const&, event_id const&) = default;
};

}  // namespace ab
