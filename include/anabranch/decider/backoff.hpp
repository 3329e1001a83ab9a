/// @file
/// `ab::exponential_backoff`: waits longer and longer, and never all at once.
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

namespace ab {

/// Waits a random time below a bound that doubles with each failure, so that those who met once don't meet again.
///
/// ```cpp
/// auto const sleep = [](std::int64_t ns) { std::this_thread::sleep_for(std::chrono::nanoseconds(ns)); };
/// ab::handle(account, teller{}, withdraw{200}, ab::retry(20, ab::exponential_backoff(sleep)));
/// ```
/// @tparam Sleep is called with nanoseconds; the library itself never sleeps
template <class Sleep>
class exponential_backoff {
 public:
  /// @param first the bound after the first failure, in nanoseconds: a millisecond
  /// @param most the highest bound, in nanoseconds: a second
  /// @param seed where waits shall repeat, as in a test; otherwise they differ between threads and runs
  constexpr explicit exponential_backoff(Sleep sleep, std::int64_t first = 1'000'000, std::int64_t most = 1'000'000'000,
                                         std::uint64_t seed = 0)
      : first_(first), most_(most), random_(seed), sleep_(std::move(sleep)) {}

  constexpr void operator()(int failures) {
    if (random_ == 0 && !std::is_constant_evaluated()) random_ = reinterpret_cast<std::uintptr_t>(this);
    auto const bound = bound_after(failures);
    sleep_(bound > 0 ? static_cast<std::int64_t>(next() % (static_cast<std::uint64_t>(bound) + 1)) : 0);
  }

  /// What the wait after `failures` failures is at most, in nanoseconds.
  constexpr std::int64_t bound_after(int failures) const noexcept {
    auto bound = first_;
    for (; failures > 1 && bound < most_; --failures) bound = bound > most_ / 2 ? most_ : bound * 2;
    return bound < most_ ? bound : most_;
  }

 private:
  // SplitMix64.
  constexpr std::uint64_t next() noexcept {
    auto z = random_ += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  std::int64_t first_, most_;
  std::uint64_t random_;
  [[no_unique_address]] Sleep sleep_;
};

}  // namespace ab
