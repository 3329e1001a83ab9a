/// @file
/// Stores `std::pair` and `std::tuple`: the elements in order, nothing between.
#pragma once

#include "anabranch/codec/detail/record.hpp"

#include <tuple>
#include <utility>

namespace ab::detail::canonical {

template <class Tuple, class... Ts>
struct tuple_format : record<list<std::remove_const_t<Ts>...>> {
  static constexpr std::size_t size(Tuple const& t, meter& m) {
    return std::apply([&](auto const&... elements) { return tuple_format::size_of_fields(m, elements...); }, t);
  }
  static constexpr std::byte* put(Tuple const& t, std::byte* out) {
    return std::apply([&](auto const&... elements) { return tuple_format::put_fields(out, elements...); }, t);
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    return tuple_format::take_then(r, [&](auto&&... elements) { place(std::move(elements)...); });
  }
};

template <class A, class B>
struct format<std::pair<A, B>> : tuple_format<std::pair<A, B>, A, B> {};
template <class... Ts>
struct format<std::tuple<Ts...>> : tuple_format<std::tuple<Ts...>, Ts...> {};

}  // namespace ab::detail::canonical
