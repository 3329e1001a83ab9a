/// @file
/// Stores `std::span<std::byte const>`, with the bytes of a vector of bytes. A decoded one points into what was
/// decoded.
#pragma once

#include "anabranch/codec/detail/sequence.hpp"

#include <span>

namespace ab::detail::canonical {

template <>
struct format<bytes_view> : variable {
  using parts = list<std::byte>;
  static constexpr tag kind = tag::sequence;
  static constexpr bool borrows = true;

  static constexpr std::size_t size(bytes_view s, meter& m) {
    m.count(s.size());
    return length_size + s.size();
  }
  static constexpr std::byte* put(bytes_view s, std::byte* out) {
    return copy_bytes(s.data(), s.size(), put_length(s.size(), out));
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    std::size_t n = 0;
    if (!take_length<1>(r, n)) return false;
    place(r.at, n);
    r.at += n;
    return true;
  }
};

}  // namespace ab::detail::canonical
