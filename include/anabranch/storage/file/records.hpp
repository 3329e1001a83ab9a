/// @file
/// What the frames of a store's log mean.
#pragma once

#include <cstdint>

namespace ab::file {

/// The kinds of frame that a store writes, with what they keep in a frame's tag, number and payload.
enum class record : std::uint8_t {
  event_type = 1,  ///< tag: the type's id; number: its version; payload: shape (8 bytes), name, and where it
                   ///< is tolerant a zero byte and the shapes of its first fields (8 bytes each)
  stream = 2,      ///< tag: the stream's id; number: the type id of its first event; payload: name
  event =
      3,  ///< tag: stream; number: position (48 bits) and type id (16 bits, high); payload: stamp, size and bytes of metadata, data
  truncation = 4,  ///< tag: stream; number: the last revision that is gone
  table = 5,       ///< tag: the table's id; number: the shape of its values; payload: name
  put = 6,         ///< tag: table; number: size of the key; payload: key, value
  erasure = 7,     ///< tag: table; payload: key
};

/// Position and type of an event share a number: 2^48 events, 2^16 types.
constexpr std::uint64_t event_number(std::int64_t position, std::uint16_t type) noexcept {
  return static_cast<std::uint64_t>(type) << 48U | static_cast<std::uint64_t>(position);
}
constexpr std::int64_t position_in(std::uint64_t number) noexcept {
  return static_cast<std::int64_t>(number & 0xFFFF'FFFF'FFFFU);
}
constexpr std::uint16_t type_in(std::uint64_t number) noexcept { return static_cast<std::uint16_t>(number >> 48U); }

}  // namespace ab::file
