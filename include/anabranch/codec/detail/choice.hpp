// An index and the value: what one_of and variant have in common.
#pragma once

#include "anabranch/codec/detail/structure.hpp"
#include "anabranch/core/one_of.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ab::detail::canonical {

template <class... Ts>
struct choice : format_defaults {
  using parts = list<Ts...>;
  using index_type = std::conditional_t<sizeof...(Ts) <= 255, std::uint8_t, std::uint16_t>;
  static constexpr tag kind = tag::choice;

  static consteval std::size_t smallest() {
    std::size_t n = static_cast<std::size_t>(-1);
    ((n = format<Ts>::least < n ? format<Ts>::least : n), ...);
    return n;
  }
  static constexpr std::size_t least = sizeof(index_type) + smallest();
  static constexpr bool fixed = ((format<Ts>::fixed && format<Ts>::least == smallest()) && ...);

  ANABRANCH_ALWAYS_INLINE static constexpr std::byte* put_index(std::size_t i, std::byte* out) noexcept {
    return store(static_cast<index_type>(i), out);
  }

  // Calls `make<I>(value)` for the alternative that is read. `Checked`: reader.has(least) was asked.
  template <bool Checked, class Make>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take_held(reader& r, Make&& make) {
    if constexpr (!Checked) {
      if (!r.has(least)) return false;
    }
    auto const index = load<index_type>(r.at);
    if (index >= sizeof...(Ts)) return r.fail(trouble::index);
    r.at += sizeof(index_type);
    return with_index<sizeof...(Ts)>(index, [&](auto i) {
      using held = type_at<i, Ts...>;
      constexpr bool checked = format<held>::least == smallest();
      slot<held> value;
      if (!(checked ? canonical::take<held>(r, value) : take_checked<held>(r, value))) return false;
      make.template operator()<i>(value.take());
      return true;
    });
  }
};

}  // namespace ab::detail::canonical
