/// @file
/// `ab::file::location`: where a frame lies in a byte log.
#pragma once

#include <compare>
#include <cstdint>

namespace ab::file {

/// A place in a byte log: a segment's number and an offset in it, packed so that they sort in the order of the log.
///
/// Offsets are multiples of 8. The default value means "none"; no frame ever lies there.
struct location {
  std::uint64_t value = 0;

  static constexpr location in(std::uint64_t segment, std::uint64_t offset) noexcept {
    return {segment << 32U | offset >> 3U};
  }
  constexpr std::uint64_t segment() const noexcept { return value >> 32U; }
  constexpr std::uint64_t offset() const noexcept { return (value & 0xFFFF'FFFFU) << 3U; }

  /// `bytes` further on in the same segment; a multiple of 8. This is how a batch's frames are found from where it was
  /// written.
  friend constexpr location operator+(location a, std::uint64_t bytes) noexcept { return {a.value + (bytes >> 3U)}; }
  friend constexpr auto operator<=>(location, location) = default;
};

}  // namespace ab::file
