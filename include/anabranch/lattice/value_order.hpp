/// @file
/// `ab::value_less`, `ab::value_equal`: an order of all values of a type, also of floating-point numbers.
#pragma once

#include "anabranch/lattice/detail/fields.hpp"

#include <bit>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

template <class T>
concept ordered_in_part = requires(T const& a) {
  { a <=> a } -> std::same_as<std::partial_ordering>;
};

template <class T>
consteval bool orders_all();
template <class... Fields>
consteval bool each_orders_all(lattices::types<Fields...>) {
  return (orders_all<Fields>() && ...);
}
consteval bool each_orders_all(canonical::has_bit_field) { return false; }
template <class T>
consteval bool orders_all() {
  if constexpr (std::is_floating_point_v<T>)
    return sizeof(T) <= 8;
  else if constexpr (!ordered_in_part<T>)
    return requires(T const& a) {
      { a < a } -> std::convertible_to<bool>;
    };
  else if constexpr (lattices::has_fields<T>())
    return each_orders_all(lattices::fields_of<T>{});
  else
    return false;
}

// As IEEE 754 orders all numbers: negative NaNs, -infinity, ..., -0, 0, ..., infinity, NaNs.
constexpr std::int64_t place_by_bits(double d) noexcept {
  auto const bits = std::bit_cast<std::int64_t>(d);
  return bits < 0 ? INT64_MIN - bits - 1 : bits;
}
constexpr std::int64_t place_by_bits(float f) noexcept {
  auto const bits = std::bit_cast<std::int32_t>(f);
  return bits < 0 ? INT32_MIN - std::int64_t{bits} - 1 : bits;
}

}  // namespace detail

/// Whether `value_less` orders all values of `T`: numbers, also with NaN; what has a `<` without a partial `<=>`; and structs
/// whose `<=>` is partial since fields are floating-point numbers, which compare field by field.
template <class T>
concept ordered_values = detail::orders_all<T>();

/// Whether `a` comes first in a total order of all values: that of `<`, in which floating-point numbers have no NaN that is
/// neither less nor greater, and -0 comes before 0. So replicas that choose the greater one choose the same.
template <class T>
constexpr bool value_less(T const& a, T const& b) {
  static_assert(
      ordered_values<T>,
      "ab::value_less: `<` doesn't order all values of this type (nor do stamps that are such, in a last-writer-wins "
      "state): order floating-point numbers in it, which may be NaN, by std::strong_order");
  if constexpr (std::is_floating_point_v<T>) {
    return detail::place_by_bits(a) < detail::place_by_bits(b);
  } else if constexpr (detail::ordered_in_part<T> && ordered_values<T>) {
    int order = 0;
    detail::lattices::with_fields(a, [&](auto const&... as) {
      detail::lattices::with_fields(b, [&](auto const&... bs) {
        ((order = order != 0 ? order : ab::value_less(as, bs) ? -1 : ab::value_less(bs, as) ? 1 : 0), ...);
      });
    });
    return order < 0;
  } else {
    return a < b;
  }
}

/// Whether they are the same in that order: a NaN equals itself, and -0 differs from 0.
template <class T>
constexpr bool value_equal(T const& a, T const& b) {
  if constexpr (std::is_floating_point_v<T> || (detail::ordered_in_part<T> && ordered_values<T>))
    return !ab::value_less(a, b) && !ab::value_less(b, a);
  else
    return a == b;
}

}  // namespace ab
