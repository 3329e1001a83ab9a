/// @file
/// The bytes of a segment: `docs/format.md` in code.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/hash/crc32c.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// The layout of segments and frames, version 1. All numbers are little-endian.
namespace ab::file::format {

inline constexpr std::uint32_t version = 1;
inline constexpr std::size_t header_size = 4096;      ///< a segment's header; the first frame lies behind it
inline constexpr std::size_t max_config = 256;        ///< the most bytes of configuration in a segment's header
inline constexpr std::size_t frame_header_size = 24;  ///< CRC, length, number, tag, kind, three zero bytes
inline constexpr std::size_t marker_size = 32;        ///< a commit marker or a seal: a frame with 8 bytes of payload
inline constexpr std::size_t max_payload = std::size_t{1} << 30U;
inline constexpr std::uint64_t max_segment = std::uint64_t{1} << 35U;  ///< what a location can address
inline constexpr std::uint64_t max_segments = 0xFFFF'FFFFU;

inline constexpr std::uint8_t kind_first = 1, kind_last = 239;  ///< the kinds that a user of the log gives out
inline constexpr std::uint8_t kind_commit = 240;  ///< closes the frames before it: tag = how many, number = sequence
inline constexpr std::uint8_t kind_seal = 241;    ///< the segment ends here and goes on in the next

/// The bytes that a frame with `payload` bytes takes.
constexpr std::uint64_t frame_size(std::uint64_t payload) noexcept {
  return (frame_header_size + payload + 7U) & ~std::uint64_t{7};
}

/// A CRC as it is stored: rotated and offset, since a CRC over bytes that contain their own CRC is weak.
constexpr std::uint32_t mask(std::uint32_t crc) noexcept { return std::rotr(crc, 15) + 0xA282'EAD8U; }

ANABRANCH_ALWAYS_INLINE constexpr std::uint64_t get64(std::byte const* p) noexcept {
  return ab::detail::crc32c_load(p);
}
ANABRANCH_ALWAYS_INLINE void put64(std::byte* p, std::uint64_t v) noexcept {
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(p, &v, sizeof v);
  } else {
    for (unsigned i = 0; i < 8; ++i) p[i] = static_cast<std::byte>(v >> (8U * i));
  }
}

/// The fixed part of a frame, as it is read.
struct frame_header {
  std::uint32_t crc;
  std::uint32_t length;
  std::uint64_t number;
  std::uint32_t tag;
  std::uint8_t kind;
  bool reserved_is_zero;
};

ANABRANCH_ALWAYS_INLINE constexpr frame_header get_frame_header(std::byte const* p) noexcept {
  std::uint64_t const first = get64(p), last = get64(p + 16);
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(first >> 32U), get64(p + 8),
          static_cast<std::uint32_t>(last),  static_cast<std::uint8_t>(last >> 32U),   last >> 40U == 0};
}

ANABRANCH_ALWAYS_INLINE void put_frame_header(std::byte* p, std::uint32_t length, std::uint64_t number,
                                              std::uint32_t tag, std::uint8_t kind) noexcept {
  put64(p, std::uint64_t{length} << 32U);
  put64(p + 8, number);
  put64(p + 16, std::uint64_t{kind} << 32U | tag);
}

/// Sets a frame's length and clears its CRC, which is filled in once the frame's place is known.
ANABRANCH_ALWAYS_INLINE void put_length(std::byte* p, std::uint32_t length) noexcept {
  put64(p, std::uint64_t{length} << 32U);
}

/// Sets a frame's CRC field and leaves its length.
ANABRANCH_ALWAYS_INLINE void put_crc(std::byte* p, std::uint32_t crc) noexcept {
  put64(p, (get64(p) & ~std::uint64_t{0xFFFF'FFFFU}) | crc);
}

/// A commit marker or a seal that closes `frames` frames; the rest is filled in later.
ANABRANCH_ALWAYS_INLINE void put_marker(std::byte* p, std::uint8_t kind, std::uint32_t frames) noexcept {
  put_frame_header(p, 8, 0, frames, kind);
  put64(p + frame_header_size, 0);
}

/// Whether `h` is the header of a marker: a commit or a seal.
constexpr bool is_marker(frame_header const& h) noexcept {
  return (h.kind == kind_commit || h.kind == kind_seal) && h.length == marker_size - frame_header_size &&
         h.reserved_is_zero;
}

/// Whether `h` says something that this version writes.
constexpr bool well_formed(frame_header const& h) noexcept {
  return h.kind >= kind_first && (h.kind <= kind_last ? h.reserved_is_zero : is_marker(h));
}

/// A CRC state that has taken in a segment's salt.
template <class Way>
ANABRANCH_ALWAYS_INLINE constexpr std::uint32_t salted(Way, std::uint64_t salt) noexcept {
  return Way::word(~std::uint32_t{0}, salt);
}

/// The stored CRC of the frame at `p`, `size` bytes with header and padding: over salt, offset in the segment, and the
/// frame with its CRC field zero. Salt and offset make a frame valid in one place only.
template <class Way>
ANABRANCH_ALWAYS_INLINE constexpr std::uint32_t frame_crc(Way, std::uint32_t salted_state, std::uint64_t offset,
                                                          std::byte const* p, std::uint64_t size) noexcept {
  std::uint32_t const s = Way::word(Way::word(salted_state, offset), get64(p) & ~std::uint64_t{0xFFFF'FFFFU});
  return mask(~Way::words(s, p + 8, static_cast<std::size_t>(size / 8 - 1)));
}

}  // namespace ab::file::format
