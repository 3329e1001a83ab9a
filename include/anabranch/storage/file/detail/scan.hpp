/// @file
/// Finding frames, markers and the end of data in a segment's bytes.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/hash/crc32c.hpp"
#include "anabranch/storage/file/format.hpp"

#include <cstddef>
#include <cstdint>

namespace ab::file::detail {

// Checks frames of one segment. Asks once how to compute; then a predictable branch a frame, and a loop around it
// exists once.
class frame_checker {
 public:
  explicit frame_checker(std::uint64_t salt) noexcept
      : by_instruction_(ab::detail::crc32c_has_instruction()),
        salted_(ab::detail::with_crc32c([&](auto way) { return format::salted(way, salt); })) {}

  // The size of the frame that `b` begins with where it is whole and checks as one at `offset`, else 0. The length is
  // compared before it is used.
  ANABRANCH_ALWAYS_INLINE std::uint64_t operator()(bytes_view b, std::uint64_t offset) const noexcept {
    if (b.size() < format::frame_header_size) [[unlikely]]
      return 0;
    auto const h = format::get_frame_header(b.data());
    auto const size = format::frame_size(h.length);
    if (h.length > format::max_payload || size > b.size()) [[unlikely]]
      return 0;
    if (crc(b.data(), size, offset) != h.crc || !format::well_formed(h)) [[unlikely]]
      return 0;
    return size;
  }

 private:
  ANABRANCH_ALWAYS_INLINE std::uint32_t crc(std::byte const* p, std::uint64_t size,
                                            std::uint64_t offset) const noexcept {
    if (by_instruction_) [[likely]]
      return format::frame_crc(ab::detail::crc32c_by_instruction{}, salted_, offset, p, size);
    return crc_by_table(p, size, offset);
  }
  [[gnu::noinline]] std::uint32_t crc_by_table(std::byte const* p, std::uint64_t size,
                                               std::uint64_t offset) const noexcept {
    return format::frame_crc(ab::detail::crc32c_by_table{}, salted_, offset, p, size);
  }

  bool by_instruction_;
  std::uint32_t salted_;
};

ANABRANCH_ALWAYS_INLINE bool all_zero_64(std::byte const* p) noexcept {
  std::uint64_t any = 0;
  for (unsigned i = 0; i < 8; ++i) any |= format::get64(p + 8 * i);
  return any == 0;
}

// Behind the last byte of `b` that isn't zero.
inline std::size_t end_of_data(bytes_view b) noexcept {
  std::size_t end = b.size();
  while (end >= 64 && all_zero_64(b.data() + end - 64)) end -= 64;
  while (end > 0 && b[end - 1] == std::byte{}) --end;
  return end;
}

// Calls `f(offset, payload)` for each intact marker in `b`, which lies at `base` in its segment, wherever the frames
// before it begin. Linear: a marker's size is fixed, so what pretends to be one costs 32 bytes of checksum and no more.
template <class F>
void each_marker(bytes_view b, std::uint64_t base, std::uint64_t salt, F&& f) noexcept {
  frame_checker const whole(salt);
  for (std::size_t at = 0; at + format::marker_size <= b.size();) {
    std::byte const* const p = b.data() + at;
    if (at + 64 <= b.size() && all_zero_64(p)) {
      at += 64;
      continue;
    }
    if (format::is_marker(format::get_frame_header(p)) && whole(b.subspan(at), base + at) != 0) {
      f(base + at, format::get64(p + format::frame_header_size));
    }
    at += 8;
  }
}

}  // namespace ab::file::detail
