/// @file
/// `ab::file::recover`: what a segment's bytes hold, as a pure function.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/storage/file/location.hpp"

#include <cstdint>
#include <string_view>

namespace ab::file {

/// What recovery finds.
enum class recovery_state : std::uint8_t {
  clean,        ///< whole commits, and zeros behind them
  rolled_back,  ///< a torn tail: bytes behind the last whole commit that nothing proves durable
  corrupt,      ///< bytes that were durable are damaged
};

/// What the caller knows of a segment before its frames are read. The header has been checked.
struct segment_expectation {
  std::uint64_t segment = 1;         ///< its number
  std::uint64_t salt = 0;            ///< from its header
  std::uint64_t first_sequence = 1;  ///< from its header
  std::uint64_t capacity = 0;        ///< from its header: the size that it was created with
  bool last = true;                  ///< whether a torn tail is possible: all segments but the last were synced whole
};

/// What recovery found in one segment. Offsets count from the segment's first byte.
struct segment_report {
  recovery_state state = recovery_state::clean;
  std::uint64_t end = 0;         ///< behind the last whole commit: what lies before is good
  std::uint64_t damage_end = 0;  ///< where `state` isn't clean: the damage is `[end, damage_end)`
  std::uint64_t frames = 0;      ///< in whole commits, without markers
  std::uint64_t commits = 0;
  std::uint64_t next_sequence = 0;  ///< what the next commit must carry
  location proven{};                ///< what a marker that was read says was durable when it was written
  bool sealed = false;              ///< whether the segment is complete and the log goes on in the next
  std::string_view reason{};        ///< where `state` isn't clean: why, in a few words
};

/// Reads a segment, header included, without changing it. Linear in its size, bounded by it whatever the bytes are.
segment_report recover(bytes_view segment, segment_expectation const& expected) noexcept;

}  // namespace ab::file
