/// @file
/// `ab::lattice::bounds`: the least and the greatest value of a type in the order of its `<`.
#pragma once

#include <concepts>
#include <limits>
#include <string_view>
#include <type_traits>

namespace ab::lattice {

/// Where `max` and `min` start from. Known for numbers, enums and texts (which have no greatest); specialise it for others:
///
/// ```cpp
/// template <>
/// struct ab::lattice::bounds<ab::timestamp> {
///   static constexpr ab::timestamp least() { return {INT64_MIN}; }
///   static constexpr ab::timestamp greatest() { return {INT64_MAX}; }
/// };
/// ```
template <class T>
struct bounds {};

template <class T>
  requires std::is_arithmetic_v<T>
struct bounds<T> {
  static constexpr T least() noexcept {
    if constexpr (std::numeric_limits<T>::has_infinity)
      return -std::numeric_limits<T>::infinity();
    else
      return std::numeric_limits<T>::lowest();
  }
  static constexpr T greatest() noexcept {
    if constexpr (std::numeric_limits<T>::has_infinity)
      return std::numeric_limits<T>::infinity();
    else
      return std::numeric_limits<T>::max();
  }
};

template <class T>
  requires std::is_enum_v<T>
struct bounds<T> {
  static constexpr T least() noexcept { return static_cast<T>(bounds<std::underlying_type_t<T>>::least()); }
  static constexpr T greatest() noexcept { return static_cast<T>(bounds<std::underlying_type_t<T>>::greatest()); }
};

// A text that owns its characters: the empty one is least.
template <class T>
  requires(std::is_class_v<T> && std::convertible_to<T const&, std::string_view> && std::default_initializable<T> &&
           requires(T const& t) { t.empty(); })
struct bounds<T> {
  static constexpr T least() { return T{}; }
};

}  // namespace ab::lattice
