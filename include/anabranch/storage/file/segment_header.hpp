/// @file
/// `ab::file::segment_header`: what a segment says of itself.
#pragma once

#include "anabranch/storage/file/format.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ab::file {

/// The first 4096 bytes of a segment, decoded. Written once, before the segment has its name.
struct segment_header {
  std::array<std::byte, 16> store{};  ///< random, the same in all segments of a store
  std::uint64_t salt = 0;             ///< random, different in each segment
  std::uint64_t segment = 0;          ///< its number, from 1
  std::uint64_t first_sequence = 0;   ///< of its first commit
  std::uint64_t capacity = 0;         ///< the size that the file was created with
  std::uint32_t config_size = 0;
  std::array<std::byte, format::max_config> config_bytes{};  ///< given by the store's creator, the same in all segments

  bytes_view config() const noexcept { return bytes_view(config_bytes).first(config_size); }
};

/// What `parse_segment_header` makes of some bytes.
enum class header_state : std::uint8_t {
  good,
  foreign,  ///< something else than a segment
  newer,    ///< of a format version above ours
  damaged,
};

namespace format {

inline constexpr std::array<char, 8> magic = {'\x89', 'a', 'b', 'l', 'o', 'g', '\r', '\n'};

namespace at {  // offsets in a segment's header
inline constexpr std::size_t version = 8, crc = 12, store = 16, salt = 32, segment = 40, first_sequence = 48,
                             capacity = 56, config_size = 64, config = 72;
}  // namespace at

inline std::uint32_t get32(std::byte const* p) noexcept {
  std::uint32_t v = 0;
  for (unsigned i = 0; i < 4; ++i) v |= std::uint32_t{std::to_integer<std::uint8_t>(p[i])} << (8U * i);
  return v;
}
inline void put32(std::byte* p, std::uint32_t v) noexcept {
  for (unsigned i = 0; i < 4; ++i) p[i] = static_cast<std::byte>(v >> (8U * i));
}

/// The stored CRC of a segment's header: over its 4096 bytes with the CRC field left out.
inline std::uint32_t header_crc(std::byte const* p) noexcept {
  auto const before = crc32c({p, at::crc});
  return mask(crc32c({p + at::crc + 4, header_size - at::crc - 4}, before));
}

}  // namespace format

/// Writes `h` as 4096 bytes to `p`.
inline void put_segment_header(std::byte* p, segment_header const& h) noexcept {
  namespace at = format::at;
  std::memset(p, 0, format::header_size);
  std::memcpy(p, format::magic.data(), format::magic.size());
  format::put32(p + at::version, format::version);
  std::memcpy(p + at::store, h.store.data(), h.store.size());
  format::put64(p + at::salt, h.salt);
  format::put64(p + at::segment, h.segment);
  format::put64(p + at::first_sequence, h.first_sequence);
  format::put64(p + at::capacity, h.capacity);
  format::put32(p + at::config_size, h.config_size);
  std::memcpy(p + at::config, h.config_bytes.data(), h.config_size);
  format::put32(p + at::crc, format::header_crc(p));
}

/// Reads a header from the start of a segment's bytes. `h` is set where it is `good`; where it is `newer`, `version`
/// tells how new.
inline header_state parse_segment_header(bytes_view b, segment_header& h, std::uint32_t& version) noexcept {
  namespace at = format::at;
  if (b.size() < at::store || std::memcmp(b.data(), format::magic.data(), format::magic.size()) != 0) {
    return header_state::foreign;
  }
  std::byte const* const p = b.data();
  version = format::get32(p + at::version);
  bool const whole = b.size() >= format::header_size && format::get32(p + at::crc) == format::header_crc(p);
  // Only magic and version keep their places for ever; how a newer version checks itself is unknown.
  if (version > format::version) return header_state::newer;
  if (!whole || version != format::version) return header_state::damaged;
  std::memcpy(h.store.data(), p + at::store, h.store.size());
  h.salt = format::get64(p + at::salt);
  h.segment = format::get64(p + at::segment);
  h.first_sequence = format::get64(p + at::first_sequence);
  h.capacity = format::get64(p + at::capacity);
  h.config_size = format::get32(p + at::config_size);
  if (h.config_size > format::max_config || h.capacity > format::max_segment) return header_state::damaged;
  std::memcpy(h.config_bytes.data(), p + at::config, format::max_config);
  return header_state::good;
}

}  // namespace ab::file
