/// @file
/// Stores `std::array`: the elements, without a length.
#pragma once

#include "anabranch/codec/detail/record.hpp"
#include "anabranch/codec/detail/sequence.hpp"

#include <array>

namespace ab::detail::canonical {

template <class T, std::size_t>
using repeat = T;

template <class T, std::size_t N>
struct format<std::array<T, N>> : format_defaults {
  using parts = list<T>;
  static constexpr tag kind = tag::array;
  static constexpr std::uint64_t number = N;
  static constexpr std::size_t least = N * format<T>::least;
  static constexpr bool fixed = N == 0 || format<T>::fixed;
  static constexpr bool bitwise = N != 0 && copied_whole<T>;

  static constexpr std::size_t size(std::array<T, N> const& a, meter& m) {
    std::size_t n = 0;
    for (T const& e : a) n += size_of(e, m);
    return n;
  }
  static constexpr std::byte* put(std::array<T, N> const& a, std::byte* out) { return put_elements(a.data(), N, out); }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    if constexpr (N == 0) {
      place();
      return true;
    } else if constexpr (std::is_default_constructible_v<T> && std::is_move_assignable_v<T>) {
      return take_elements(r, place().data(), N);
    } else {
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return record<list<repeat<T, I>...>>::take_then(
            r, [&](auto&&... elements) { place(elided{[&] { return std::array<T, N>{{std::move(elements)...}}; }}); });
      }(std::make_index_sequence<N>{});
    }
  }
};

}  // namespace ab::detail::canonical
