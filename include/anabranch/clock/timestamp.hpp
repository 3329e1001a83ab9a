/// @file
/// `ab::timestamp`: a point in time as a number.
#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>

namespace ab {

/// Nanoseconds since 1970-01-01 00:00 UTC, leap seconds not counted. Spans the years 1677 to 2262.
struct timestamp {
  std::int64_t nanoseconds = 0;

  /// The one after it; the last that there is comes after itself.
  constexpr timestamp next() const noexcept { return {nanoseconds == INT64_MAX ? nanoseconds : nanoseconds + 1}; }
  static constexpr timestamp from_seconds(std::int64_t s) noexcept { return {s * 1'000'000'000}; }
  friend constexpr auto operator<=>(timestamp const&, timestamp const&) = default;
  /// Writes the number of nanoseconds.
  template <class Traits>
  friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, timestamp t) {
    return out << t.nanoseconds;
  }
};

}  // namespace ab
