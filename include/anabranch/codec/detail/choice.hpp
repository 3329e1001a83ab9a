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
      if constexpr (leads_to_circle<type_at<i, Ts...>>())
        return take_apart<i>(r, make);
      else
        return take_alternative<i>(r, make);
    });
  }

 private:
  template <std::size_t I, class Make>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take_alternative(reader& r, Make& make) {
    using held = type_at<I, Ts...>;
    constexpr bool checked = format<held>::least == smallest();
    slot<held> value;
    if (!(checked ? canonical::take<held>(r, value) : take_checked<held>(r, value))) return false;
    make.template operator()<I>(value.take());
    return true;
  }
  // In its own frame, so that at each depth the stack holds the one alternative that is read, and not all.
  template <std::size_t I, class Make>
  [[gnu::noinline]] static constexpr bool take_apart(reader& r, Make& make) {
    return take_alternative<I>(r, make);
  }
};

}  // namespace ab::detail::canonical
