/// @file
/// `ab::manual_clock`: time as the program sets it.
#pragma once

#include "anabranch/clock/timestamp.hpp"
#include "anabranch/core/policy.hpp"

#include <cstdint>

namespace ab {

/// Stands still until it is set; events of the same moment are a nanosecond apart, so that stamps never repeat.
/// For tests, simulations and replays of foreign histories. Usable in a constant expression.
class manual_clock {
 public:
  using policy_axis = clock_axis;
  using stamp = timestamp;

  /// The next stamp is `t`, or just after the last one given out where that was later.
  constexpr void set(timestamp t) noexcept { told_ = t; }
  constexpr void advance(std::int64_t nanoseconds) noexcept { told_.nanoseconds += nanoseconds; }

  constexpr stamp now() noexcept {
    stamp const s = told_ > earliest_ ? told_ : earliest_;
    earliest_ = s.next();
    return s;
  }
  constexpr void observe(stamp s) noexcept {
    if (s >= earliest_) earliest_ = s.next();
  }
  /// The newest stamp given out or observed.
  constexpr stamp latest() const noexcept {
    auto const next = earliest_.nanoseconds;
    return {next == INT64_MIN ? next : next - 1};
  }

 private:
  timestamp told_{};
  timestamp earliest_{INT64_MIN};
};

}  // namespace ab
