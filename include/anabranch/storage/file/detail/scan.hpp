/// @file
/// Finding frames, markers and the end of data in a segment's bytes.
#pragma once

#include "anabranch/core/inline.hpp"
#include "anabranch/storage/file/format.hpp"

#include <cstddef>
#include <cstdint>

namespace ab::file::detail {

// The size of the frame that `b` begins with where it is whole and checks as one at `offset`, else 0. The length is compared before it
// is used.
template <class Way>
ANABRANCH_ALWAYS_INLINE std::uint64_t whole_frame(Way way, std::uint32_t salted, bytes_view b,
                                                  std::uint64_t offset) noexcept {
  if (b.size() < format::frame_header_size) return 0;
  auto const h = format::get_frame_header(b.data());
  auto const size = format::frame_size(h.length);
  if (h.length > format::max_payload || size > b.size()) return 0;
  if (format::frame_crc(way, salted, offset, b.data(), size) != h.crc) return 0;
  return format::well_formed(h) ? size : 0;
}

// How many bytes of `b`, which lies at `offset`, are whole frames that check. Stops behind a seal, and once `enough` bytes were checked.
inline std::size_t check_run(bytes_view b, std::uint64_t salt, std::uint64_t offset, std::size_t enough) noexcept {
  return ab::detail::with_crc32c([&](auto way) {
    auto const salted = format::salted(way, salt);
    std::size_t done = 0;
    while (done < enough) {
      auto const size = whole_frame(way, salted, b.subspan(done), offset + done);
      if (size == 0) break;
      bool const seal = format::get_frame_header(b.data() + done).kind == format::kind_seal;
      done += static_cast<std::size_t>(size);
      if (seal) break;
    }
    return done;
  });
}

ANABRANCH_ALWAYS_INLINE bool all_zero_64(std::byte const* p) noexcept {
  std::uint64_t any = 0;
  for (unsigned i = 0; i < 8; ++i) any |= format::get64(p + 8 * i);
  return any == 0;
}

// Behind the last byte at or behind `from` that isn't zero; `from` where there is none.
inline std::uint64_t end_of_data(bytes_view segment, std::uint64_t from) noexcept {
  std::uint64_t end = segment.size();
  while (end > from && end % 64 != 0 && segment[static_cast<std::size_t>(end - 1)] == std::byte{}) --end;
  if (end % 64 == 0) {
    while (end >= from + 64 && all_zero_64(segment.data() + end - 64)) end -= 64;
  }
  while (end > from && segment[static_cast<std::size_t>(end - 1)] == std::byte{}) --end;
  return end < from ? from : end;
}

// Calls `f(offset)` for each intact marker at or behind `from`, wherever the frames before it begin. Linear: a marker's
// size is fixed, so what pretends to be one costs 32 bytes of checksum and no more.
template <class Way, class F>
void each_marker(Way way, std::uint64_t salt, bytes_view segment, std::uint64_t from, F&& f) noexcept {
  auto const salted = format::salted(way, salt);
  std::uint64_t at = (from + 7U) & ~std::uint64_t{7};
  while (at + format::marker_size <= segment.size()) {
    std::byte const* const p = segment.data() + at;
    if (at + 64 <= segment.size() && all_zero_64(p)) {
      at += 64;
      continue;
    }
    auto const h = format::get_frame_header(p);
    if (format::is_marker(h) && format::frame_crc(way, salted, at, p, format::marker_size) == h.crc) f(at);
    at += 8;
  }
}

}  // namespace ab::file::detail
