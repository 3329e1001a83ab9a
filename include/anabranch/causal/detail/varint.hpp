// Unsigned numbers in as few bytes as they need, seven bits a byte, the lowest first. One number has one encoding.
#pragma once

#include "anabranch/codec/detail/sequence.hpp"

#include <cstddef>
#include <cstdint>

namespace ab::detail::canonical {

constexpr std::size_t varint_size(std::uint64_t n) noexcept {
  std::size_t size = 1;
  for (; n >= 128; n >>= 7U) ++size;
  return size;
}
constexpr std::byte* put_varint(std::uint64_t n, std::byte* out) noexcept {
  for (; n >= 128; n >>= 7U) *out++ = static_cast<std::byte>(n | 128U);
  *out++ = static_cast<std::byte>(n);
  return out;
}
constexpr bool take_varint(reader& r, std::uint64_t& n) noexcept {
  n = 0;
  for (unsigned shift = 0;; shift += 7) {
    if (!r.has(1)) return false;
    auto const b = static_cast<unsigned>(*r.at);
    // Neither a zero that could have been left out, nor bits beyond the 64th.
    if ((b == 0 && shift > 0) || (shift == 63 && b > 1)) return r.fail(trouble::length);
    ++r.at;
    n |= std::uint64_t{b & 127U} << shift;
    if (b < 128) return true;
  }
}
// A count of things that take at least `least` bytes each.
constexpr bool take_count(reader& r, std::size_t least, std::uint64_t& n) noexcept {
  auto const* const start = r.at;
  if (!take_varint(r, n)) return false;
  return n <= r.left() / least || r.fail_at(start, trouble::length);
}

}  // namespace ab::detail::canonical
