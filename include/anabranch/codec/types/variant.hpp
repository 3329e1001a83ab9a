/// @file
/// Stores `std::variant`, with the bytes of an `ab::one_of` of the same types. One without a value is beyond the
/// limits.
#pragma once

#include "anabranch/codec/detail/choice.hpp"

#include <utility>
#include <variant>

namespace ab::detail::canonical {

template <class... Ts>
  requires(sizeof...(Ts) <= 65535)
struct format<std::variant<Ts...>> : choice<Ts...> {
  using variant = std::variant<Ts...>;
  using base = choice<Ts...>;
  static constexpr bool fixed = false;  // so that `size` is asked, and sees one without a value

  static constexpr std::size_t size(variant const& v, meter& m) {
    std::size_t n = sizeof(typename base::index_type);
    if (v.valueless_by_exception())
      m.refuse();
    else
      with_index<sizeof...(Ts)>(v.index(), [&](auto i) { n += size_of(*std::get_if<i>(&v), m); });
    return n;
  }
  static constexpr std::byte* put(variant const& v, std::byte* out) {
    out = base::put_index(v.index(), out);
    return with_index<sizeof...(Ts)>(v.index(), [&](auto i) { return canonical::put(*std::get_if<i>(&v), out); });
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    return base::template take_held<false>(
        r, [&]<std::size_t I>(auto&& held) { place(std::in_place_index<I>, std::move(held)); });
  }
};

}  // namespace ab::detail::canonical
