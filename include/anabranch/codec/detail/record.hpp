// Fields in order, nothing between: what aggregates, classes with `fields`, pairs and tuples have in common.
#pragma once

#include "anabranch/codec/detail/structure.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ab::detail::canonical {

template <std::size_t, class T>
struct numbered_slot : slot<T> {};
template <class Numbers, class... Ts>
struct slots;
template <std::size_t... I, class... Ts>
struct slots<std::index_sequence<I...>, Ts...> : numbered_slot<I, Ts>... {};

template <class Parts>
struct record;

template <class... Parts>
struct record<list<Parts...>> : format_defaults {
  using parts = list<Parts...>;
  static constexpr tag kind = tag::record;
  static constexpr std::size_t least = (std::size_t{0} + ... + format<Parts>::least);
  static constexpr bool fixed = (format<Parts>::fixed && ...);

  using numbers = std::index_sequence_for<Parts...>;

  static constexpr std::size_t size_of_fields(meter& m, Parts const&... fields) {
    return (std::size_t{0} + ... + size_of(fields, m));
  }
  ANABRANCH_ALWAYS_INLINE static constexpr std::byte* put_fields(std::byte* out, Parts const&... fields) {
    ((out = canonical::put(fields, out)), ...);
    return out;
  }
  // Reads each field to its place, one of `places`.
  template <class... Places>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take_fields(reader& r, Places&&... places) {
    return take_each(numbers{}, r, places...);
  }
  // Reads all fields, then calls `make` with them.
  template <class Make>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take_then(reader& r, Make const& make) {
    return take_all(numbers{}, r, make);
  }

 private:
  template <std::size_t... I, class... Places>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take_each(std::index_sequence<I...>, reader& r, Places&... places) {
    return (take_field<I, Parts>(r, places) && ...);
  }
  template <std::size_t... I, class Make>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take_all(std::index_sequence<I...>, reader& r, Make const& make) {
    [[maybe_unused]] slots<numbers, Parts...> all;
    if (!take_each(numbers{}, r, static_cast<numbered_slot<I, Parts>&>(all)...)) return false;
    make(static_cast<numbered_slot<I, Parts>&>(all).take()...);
    return true;
  }

  // The bytes of the run of fixed fields that starts at field I; 0 inside of one. One check does for a run, none where
  // the whole record is fixed.
  template <std::size_t I>
  static consteval std::size_t run() {
    constexpr std::size_t sizes[] = {format<Parts>::least..., 0};
    constexpr bool fixed_ones[] = {format<Parts>::fixed..., false};
    if (fixed || (I > 0 && fixed_ones[I - 1])) return 0;
    std::size_t bytes = 0;
    for (std::size_t i = I; fixed_ones[i]; ++i) bytes += sizes[i];
    return bytes;
  }
  template <std::size_t I, class Part, class Place>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take_field(reader& r, Place&& place) {
    if constexpr (run<I>() != 0) {
      if (!r.has(run<I>())) return false;
    }
    return canonical::take<Part>(r, place);
  }
};

}  // namespace ab::detail::canonical
