// Numbers as little-endian bytes.
#pragma once

#include "anabranch/core/inline.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace ab::detail::canonical {

template <std::size_t Size>
struct unsigned_of_impl {};
template <>
struct unsigned_of_impl<1> {
  using type = std::uint8_t;
};
template <>
struct unsigned_of_impl<2> {
  using type = std::uint16_t;
};
template <>
struct unsigned_of_impl<4> {
  using type = std::uint32_t;
};
template <>
struct unsigned_of_impl<8> {
  using type = std::uint64_t;
};
template <std::size_t Size>
using unsigned_of = typename unsigned_of_impl<Size>::type;

inline constexpr bool little_endian = std::endian::native == std::endian::little;

template <class U>
ANABRANCH_ALWAYS_INLINE constexpr std::byte* store(U value, std::byte* out) noexcept {
  if (!little_endian || std::is_constant_evaluated()) {
    for (std::size_t i = 0; i < sizeof(U); ++i) out[i] = static_cast<std::byte>((value >> (8 * i)) & 0xFFU);
  } else {
    std::memcpy(out, &value, sizeof(U));
  }
  return out + sizeof(U);
}

template <class U>
ANABRANCH_ALWAYS_INLINE constexpr U load(std::byte const* in) noexcept {
  U value = 0;
  if (!little_endian || std::is_constant_evaluated()) {
    for (std::size_t i = 0; i < sizeof(U); ++i) value = static_cast<U>(value | (static_cast<U>(in[i]) << (8 * i)));
  } else {
    std::memcpy(&value, in, sizeof(U));
  }
  return value;
}

// The bits of a number, and the number of bits.
template <class T>
ANABRANCH_ALWAYS_INLINE constexpr auto to_bits(T value) noexcept {
  using bits = unsigned_of<sizeof(T)>;
  if constexpr (std::is_floating_point_v<T>)
    return std::bit_cast<bits>(value);
  else
    return static_cast<bits>(value);
}
template <class T>
ANABRANCH_ALWAYS_INLINE constexpr T from_bits(unsigned_of<sizeof(T)> bits) noexcept {
  if constexpr (std::is_floating_point_v<T>)
    return std::bit_cast<T>(bits);
  else
    return static_cast<T>(bits);
}

// Copies `n` objects of one byte each, e.g. characters.
template <class From, class To>
ANABRANCH_ALWAYS_INLINE constexpr To* copy_bytes(From const* from, std::size_t n, To* to) noexcept {
  static_assert(sizeof(From) == 1 && sizeof(To) == 1);
  if (std::is_constant_evaluated()) {
    for (std::size_t i = 0; i < n; ++i) to[i] = static_cast<To>(from[i]);
  } else if (n != 0) {
    std::memcpy(to, from, n);  // never with null, which an empty range may have
  }
  return to + n;
}

}  // namespace ab::detail::canonical
