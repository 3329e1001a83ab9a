/// @file
/// `ab::no_clock`: events without a time.
#pragma once

#include "anabranch/core/policy.hpp"

#include <compare>

namespace ab {

/// The stamp of a store without a clock. Takes no room.
struct no_stamp {
  friend constexpr auto operator<=>(no_stamp, no_stamp) = default;
};

/// Tells no time; costs nothing. The default.
struct no_clock {
  using policy_axis = clock_axis;
  using stamp = no_stamp;

  constexpr stamp now() const noexcept { return {}; }
  constexpr void observe(stamp) const noexcept {}
};

}  // namespace ab
