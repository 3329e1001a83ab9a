/// @file
/// Stores `std::string` and `std::string_view`: a length and the bytes, zeros among them. A decoded view points into
/// what was decoded.
#pragma once

#include "anabranch/codec/detail/sequence.hpp"

#include <string>
#include <string_view>

namespace ab::detail::canonical {

template <class String>
struct text_format : variable {
  static constexpr tag kind = tag::text;

  static constexpr std::size_t size(String const& s, meter& m) {
    m.count(s.size());
    return length_size + s.size();
  }
  static constexpr std::byte* put(String const& s, std::byte* out) {
    return copy_bytes(s.data(), s.size(), put_length(s.size(), out));
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    std::size_t n = 0;
    if (!take_length<1>(r, n)) return false;
    place(reinterpret_cast<char const*>(r.at), n);  // keeps reading text out of constant expressions
    r.at += n;
    return true;
  }
};

template <class Allocator>
  requires std::is_default_constructible_v<Allocator>
struct format<std::basic_string<char, std::char_traits<char>, Allocator>>
    : text_format<std::basic_string<char, std::char_traits<char>, Allocator>> {};

template <>
struct format<std::string_view> : text_format<std::string_view> {
  static constexpr bool borrows = true;
};

}  // namespace ab::detail::canonical
