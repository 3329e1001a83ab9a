/// @file
/// `ab::system_clock`: the time of day.
#pragma once

#include "anabranch/clock/timestamp.hpp"
#include "anabranch/core/policy.hpp"

#include <ctime>

namespace ab {

/// The system's time of day in nanoseconds. Never repeats and never goes back, even where the system's does: a stamp
/// is at least a nanosecond after the one before, also over a restart of the store.
class system_clock {
 public:
  using policy_axis = clock_axis;
  using stamp = timestamp;

  stamp now() noexcept {
    std::timespec t{};
    std::timespec_get(&t, TIME_UTC);
    timestamp const told{static_cast<std::int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec};
    last_ = told > last_ ? told : last_.next();
    return last_;
  }
  constexpr void observe(stamp s) noexcept {
    if (s > last_) last_ = s;
  }
  /// The newest stamp given out or observed.
  constexpr stamp latest() const noexcept { return last_; }

 private:
  timestamp last_{};
};

}  // namespace ab
