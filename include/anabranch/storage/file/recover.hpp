/// @file
/// `ab::file::recover`: what a segment's bytes hold, as a pure function.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/storage/file/detail/scan.hpp"
#include "anabranch/storage/file/format.hpp"
#include "anabranch/storage/file/location.hpp"

#include <algorithm>
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
  bool last = true;                  ///< whether a torn tail is possible: all segments but the last were synced whole
};

/// What recovery found in one segment. Offsets count from the segment's first byte.
struct segment_report {
  recovery_state state = recovery_state::clean;
  std::uint64_t end = format::header_size;  ///< behind the last whole commit: what lies before is good
  std::uint64_t damage_end = 0;             ///< where `state` isn't clean: what is lost is `[end, damage_end)`
  std::uint64_t frames = 0;                 ///< in whole commits, without markers
  std::uint64_t commits = 0;
  std::uint64_t next_sequence = 0;  ///< what the next commit must carry
  location proven{};                ///< the furthest that a good marker says was durable when it was written
  bool sealed = false;              ///< whether the segment is complete and the log goes on in the next
  std::string_view reason{};        ///< where `state` isn't clean: why
};

namespace detail {

// Goes from frame to frame as long as they are whole, and notes each commit that ends.
template <class Way>
void recover_commits(Way way, bytes_view segment, segment_expectation const& expected, segment_report& r) noexcept {
  auto const salted = format::salted(way, expected.salt);
  std::uint64_t at = format::header_size, open = 0;
  for (;;) {
    auto const size = whole_frame(way, salted, segment.subspan(static_cast<std::size_t>(at)), at);
    if (size == 0) {
      r.reason = "a frame is incomplete or its checksum doesn't match";
      return;
    }
    auto const h = format::get_frame_header(segment.data() + at);
    if (h.kind < format::kind_commit) {
      ++open;
    } else {
      bool const seal = h.kind == format::kind_seal;
      location const proven{format::get64(segment.data() + at + format::frame_header_size)};
      if (h.tag != open || h.number != r.next_sequence || proven > location::in(expected.segment, at)) {
        r.reason = "a commit marker doesn't fit what lies before it";
        return;
      }
      r.frames += open;
      r.commits += open != 0;
      r.next_sequence += 1;
      r.proven = std::max(r.proven, proven);
      r.end = at + size;
      open = 0;
      if (seal) {
        r.sealed = true;
        return;
      }
    }
    at += size;
  }
}

}  // namespace detail

/// Reads a segment, header included, without changing it. Linear in its size whatever the bytes are. Zeros at the end may be
/// left out.
///
/// The rule: all that follows the last whole commit is a torn tail and is rolled back, unless the segment isn't the last
/// one, or an intact marker further on says that the log was durable beyond that commit when the marker was written. Then
/// it is corruption. `docs/format.md` has the argument.
inline segment_report recover(bytes_view segment, segment_expectation const& expected) noexcept {
  segment_report r;
  r.next_sequence = expected.first_sequence;
  r.proven = location::in(expected.segment, format::header_size);
  if (segment.size() < format::header_size) {
    r.state = recovery_state::corrupt;
    r.end = 0;
    r.damage_end = format::header_size;
    r.reason = "the segment is shorter than its header";
    return r;
  }
  ab::detail::with_crc32c([&](auto way) { detail::recover_commits(way, segment, expected, r); });
  if (r.sealed) return r;

  std::uint64_t const data_end = detail::end_of_data(segment, r.end);
  r.damage_end = std::max(r.end, data_end);
  location const good = location::in(expected.segment, r.end);
  bool proven_beyond = false;
  std::uint64_t next_marker = 0;
  ab::detail::with_crc32c([&](auto way) {
    detail::each_marker(way, expected.salt, segment.first(static_cast<std::size_t>(r.damage_end)), r.end, [&](std::uint64_t at) {
      if (next_marker == 0) next_marker = at;
      location const through{format::get64(segment.data() + at + format::frame_header_size)};
      proven_beyond = proven_beyond || through > good;
    });
  });
  if (proven_beyond || !expected.last) {
    r.state = recovery_state::corrupt;
    if (next_marker != 0) r.damage_end = next_marker;
    if (r.damage_end == r.end) {
      r.damage_end = std::max<std::uint64_t>(r.end, segment.size());
      r.reason = "the segment ends without a seal, although another follows";
    }
  } else if (r.damage_end > r.end) {
    r.state = recovery_state::rolled_back;
  } else {
    r.reason = {};
  }
  return r;
}

}  // namespace ab::file
