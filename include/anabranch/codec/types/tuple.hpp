/// @file
/// Stores `std::pair` and `std::tuple`: the elements in order, nothing between.
#pragma once

#include "anabranch/codec/detail/record.hpp"

#include <tuple>
#include <utility>

namespace ab::detail::canonical {

template <class Tuple, class... Ts>
struct tuple_format : record<list<std::remove_const_t<Ts>...>> {
  using base = record<list<std::remove_const_t<Ts>...>>;

  static constexpr std::size_t size(Tuple const& t, meter& m) { return size_in(typename base::numbers{}, t, m); }
  ANABRANCH_ALWAYS_INLINE static constexpr std::byte* put(Tuple const& t, std::byte* out) {
    return put_in(typename base::numbers{}, t, out);
  }
  template <class Place>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take(reader& r, Place&& place) {
    return base::take_then(r, make<std::remove_reference_t<Place>>{place});
  }

 private:
  template <class Place>
  struct make {
    Place& place;
    ANABRANCH_ALWAYS_INLINE constexpr void operator()(std::remove_const_t<Ts>&&... elements) const {
      place(std::move(elements)...);
    }
  };
  template <std::size_t... I>
  static constexpr std::size_t size_in(std::index_sequence<I...>, Tuple const& t, meter& m) {
    return base::size_of_fields(m, std::get<I>(t)...);
  }
  template <std::size_t... I>
  ANABRANCH_ALWAYS_INLINE static constexpr std::byte* put_in(std::index_sequence<I...>, Tuple const& t,
                                                             std::byte* out) {
    return base::put_fields(out, std::get<I>(t)...);
  }
};

template <class A, class B>
struct format<std::pair<A, B>> : tuple_format<std::pair<A, B>, A, B> {};
template <class... Ts>
struct format<std::tuple<Ts...>> : tuple_format<std::tuple<Ts...>, Ts...> {};

}  // namespace ab::detail::canonical
