/// @file
/// `ab::file::recover`: what a segment's bytes hold, as a pure function.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/storage/file/detail/bounds.hpp"
#include "anabranch/storage/file/detail/scan.hpp"
#include "anabranch/storage/file/format.hpp"
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

// What is known before the first frame is read.
inline segment_report nothing_recovered(segment_expectation const& expected) noexcept {
  segment_report r;
  r.next_sequence = expected.first_sequence;
  r.proven = location::in(expected.segment, r.end);
  return r;
}

// Goes on behind `r.end` from commit to commit as long as they are whole. `b` lies there.
inline void recover_commits(bytes_view b, segment_expectation const& expected, segment_report& r) noexcept {
  frame_checker const whole(expected.salt);
  auto const base = r.end;
  std::uint64_t open = 0;
  for (std::size_t at = 0; !r.sealed;) {
    auto const size = static_cast<std::size_t>(whole(b.subspan(at), base + at));
    if (size == 0) {
      r.reason = "a frame is incomplete, or its checksum doesn't match";
      return;
    }
    auto const h = format::get_frame_header(b.data() + at);
    if (h.kind <= format::kind_last) {
      ++open;
    } else {
      location const proven{format::get64(b.data() + at + format::frame_header_size)};
      if (h.tag != open || h.number != r.next_sequence || proven > location::in(expected.segment, base + at)) {
        r.reason = "a commit marker doesn't fit what lies before it";
        return;
      }
      r.end = base + at + size;
      r.frames += open;
      r.commits += open != 0 ? 1U : 0U;
      r.next_sequence += 1;
      if (proven > r.proven) r.proven = proven;
      r.sealed = h.kind == format::kind_seal;
      open = 0;
    }
    at += size;
  }
}

// Judges what follows the last whole commit. `b` lies there and reaches to the segment's end.
inline void recover_tail(bytes_view b, segment_expectation const& expected, segment_report& r) noexcept {
  location const good = location::in(expected.segment, r.end);
  auto const data = end_of_data(b);
  // Words are looked at whole: a marker may end in zeros.
  b = b.first(static_cast<std::size_t>(least(b.size(), (data + 7) & ~std::uint64_t{7})));
  bool proven_beyond = false;
  std::uint64_t next_marker = 0;
  each_marker(b, r.end, expected.salt, [&](std::uint64_t at, std::uint64_t proven) {
    if (next_marker == 0) next_marker = at;
    proven_beyond = proven_beyond || location{proven} > good;
  });
  r.damage_end = r.end + data;
  if (!expected.last || proven_beyond) {
    r.state = recovery_state::corrupt;
    if (next_marker != 0) r.damage_end = next_marker;
    if (b.empty()) r.reason = "the segment ends without a seal, although another one follows";
  } else if (!b.empty()) {
    r.state = recovery_state::rolled_back;
  } else {
    r.reason = {};
  }
}

}  // namespace detail

/// Reads a segment, header included, without changing it. Linear in its size whatever the bytes are.
///
/// The rule: all that follows the last whole commit is a torn tail and is rolled back, unless the segment isn't the
/// last one, or an intact marker further on says that the log was durable beyond that commit when the marker was
/// written. Then it is corruption. `docs/format.md` has the argument.
inline segment_report recover(bytes_view segment, segment_expectation const& expected) noexcept {
  auto r = detail::nothing_recovered(expected);
  if (segment.size() < r.end) {
    r.state = recovery_state::corrupt;
    r.end = 0;
    r.damage_end = format::header_size;
    r.reason = "the segment is shorter than its header";
    return r;
  }
  detail::recover_commits(segment.subspan(static_cast<std::size_t>(r.end)), expected, r);
  if (!r.sealed) detail::recover_tail(segment.subspan(static_cast<std::size_t>(r.end)), expected, r);
  return r;
}

}  // namespace ab::file
