/// @file
/// Stores `ab::one_of`: the place of the alternative in one byte (two where there are more than 255), and the value.
#pragma once

#include "anabranch/codec/detail/choice.hpp"
#include "anabranch/core/one_of.hpp"

namespace ab::detail::canonical {

template <class... Ts>
struct format<one_of<Ts...>> : choice<Ts...> {
  using base = choice<Ts...>;

  static constexpr std::size_t size(one_of<Ts...> const& v, meter& m) {
    return sizeof(typename base::index_type) + v.visit([&](auto const& held) { return size_of(held, m); });
  }
  ANABRANCH_ALWAYS_INLINE static constexpr std::byte* put(one_of<Ts...> const& v, std::byte* out) {
    out = base::put_index(v.index(), out);
    return v.visit([&](auto const& held) { return canonical::put(held, out); });
  }
  template <class Place>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take(reader& r, Place&& place) {
    return base::template take_held<base::fixed>(r, [&]<std::size_t I>(auto&& held) { place(std::move(held)); });
  }
};

}  // namespace ab::detail::canonical
