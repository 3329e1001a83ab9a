/// @file
/// `ab::testing::arbitrary`: how values of a type are generated.
#pragma once

#include "anabranch/lattice/concepts.hpp"
#include "anabranch/testing/choices.hpp"
#include "anabranch/testing/several.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::testing {

/// Specialise it for a type of yours that isn't known here. Known are numbers, enums, texts, `optional`, `vector`, `array`,
/// the lattices of `ab::lattice`, plain structs of these, and what is changed by `mutators`.
///
/// ```cpp
/// template <>
/// struct ab::testing::arbitrary<temperature> {
///   static constexpr temperature make(ab::testing::choices& c) { return temperature(static_cast<int>(c.below(c.spread()))); }
///   // If a counterexample shall be shown as C++, as in `temperature(2)`:
///   template <class Out>
///   static constexpr void write(temperature const& t, Out& out) { out.append("temperature(").append(t.degrees()).append(")"); }
/// };
/// ```
///
/// `make` asks `choices` for all that it decides; where it answers 0 the value is a simple one. Where values can't be made
/// independently (replicas of one history), `template <std::size_t N> static ab::testing::several<T, N> values(choices&)` makes some
/// that belong together, instead.
template <class T>
struct arbitrary;

namespace detail {

template <class T>
concept makes_one = requires(choices& c) {
  { arbitrary<T>::make(c) } -> std::convertible_to<T>;
};
template <class T>
concept makes_many = requires(choices& c) {
  { arbitrary<T>::template values<3>(c) } -> std::convertible_to<several<T, 3>>;
};

template <class T>
concept text_like = std::is_class_v<T> && std::convertible_to<T const&, std::string_view> &&
                    std::constructible_from<T, std::string_view> && std::default_initializable<T>;

template <class T>
constexpr T make(choices& c) {
  static_assert(
      makes_one<T>,
      "ab::testing: nothing says how to generate values of this type: specialise ab::testing::arbitrary for it, "
      "with `static constexpr T make(ab::testing::choices&)`");
  if constexpr (makes_one<T>)
    return arbitrary<T>::make(c);
  else
    return T{};
}

}  // namespace detail

template <>
struct arbitrary<bool> {
  static constexpr bool make(choices& c) { return c.below(2) != 0; }
};

// 0, 1, -1, 2, -2, ... and sometimes the ends.
template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
struct arbitrary<T> {
  static constexpr T make(choices& c) {
    auto const v = c.below(c.spread());
    if (c.extremes()) {
      if (v == 7) return std::numeric_limits<T>::max();
      if (v == 6) return std::numeric_limits<T>::lowest();
      if (v == 5) return static_cast<T>(std::numeric_limits<T>::max() - 1);
    }
    if constexpr (std::is_signed_v<T>)
      return static_cast<T>(v % 2 == 1 ? static_cast<std::int64_t>((v + 1) / 2) : -static_cast<std::int64_t>(v / 2));
    else
      return static_cast<T>(v);
  }
};

template <class T>
  requires std::is_floating_point_v<T>
struct arbitrary<T> {
  static constexpr T make(choices& c) {
    auto const v = c.below(c.spread());
    if (c.extremes() && v >= 6) return (v == 7 ? T(1) : T(-1)) * std::numeric_limits<T>::infinity();
    return static_cast<T>(v % 2 == 1 ? static_cast<std::int64_t>((v + 1) / 2) : -static_cast<std::int64_t>(v / 2)) / 2;
  }
};

template <class T>
  requires std::is_enum_v<T>
struct arbitrary<T> {
  static constexpr T make(choices& c) { return static_cast<T>(c.below(3)); }
};

template <class T>
  requires detail::text_like<T>
struct arbitrary<T> {
  static constexpr T make(choices& c) {
    char letters[8] = {};
    auto const size = c.below(c.spread() < 8 ? c.spread() : 8);
    for (std::size_t i = 0; i < size; ++i) letters[i] = static_cast<char>('a' + c.below(c.spread() < 4 ? 3 : 26));
    return T(std::string_view(letters, size));
  }
};

template <class T>
struct arbitrary<std::optional<T>> {
  static constexpr std::optional<T> make(choices& c) {
    if (c.below(2) == 0) return std::nullopt;
    return detail::make<T>(c);
  }
};

template <class T, std::size_t N>
struct arbitrary<std::array<T, N>> {
  static constexpr std::array<T, N> make(choices& c) {
    std::array<T, N> all{};
    for (T& v : all) v = detail::make<T>(c);
    return all;
  }
};

template <class T>
struct arbitrary<std::vector<T>> {
  static constexpr std::vector<T> make(choices& c) {
    std::vector<T> all;
    for (auto n = c.below(3); n > 0; --n) all.push_back(detail::make<T>(c));
    while (c.spread() > 3 && c.more() && all.size() < 20) all.push_back(detail::make<T>(c));
    return all;
  }
};

// A plain struct that is no lattice, such as an element. Lattices are made several at once: see values.hpp.
template <class T>
  requires(std::is_class_v<T> && !detail::text_like<T> && ab::detail::lattices::has_fields<T>() && !join_semilattice<T>)
struct arbitrary<T> {
  static constexpr T make(choices& c) {
    T whole{};
    ab::detail::lattices::with_fields(
        whole, [&](auto&... fields) { ((fields = detail::make<std::remove_cvref_t<decltype(fields)>>(c)), ...); });
    return whole;
  }
};

}  // namespace ab::testing
