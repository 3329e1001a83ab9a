// The events that a value is made of, whichever form it has.
#pragma once

#include "anabranch/core/families.hpp"
#include "anabranch/core/one_of.hpp"

#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab::detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_tuple = false;
template <class... Ts>
inline constexpr bool is_tuple<std::tuple<Ts...>> = true;
template <class A, class B>
inline constexpr bool is_tuple<std::pair<A, B>> = true;

template <class T>
concept range_of_parts = requires(T& r) {
  r.begin() != r.end();
  *r.begin();
};

// Calls `f` with each part of `whole` that `Leaf::is<T>` says is one, in order. What is neither a part nor made of parts goes to
// `Leaf::refuse<T>()`.
template <class Leaf, class Whole, class F>
constexpr void for_each_part(Whole& whole, F&& f) {
  using T = std::remove_const_t<Whole>;
  if constexpr (Leaf::template is<T>) {
    f(whole);
  } else if constexpr (is_one_of<T>) {
    whole.visit([&](auto& part) { for_each_part<Leaf>(part, f); });
  } else if constexpr (is_optional<T>) {
    if (whole) for_each_part<Leaf>(*whole, f);
  } else if constexpr (is_tuple<T>) {
    std::apply([&](auto&... parts) { (for_each_part<Leaf>(parts, f), ...); }, whole);
  } else if constexpr (range_of_parts<Whole>) {
    for (auto&& part : whole) for_each_part<Leaf>(part, f);
  } else {
    Leaf::template refuse<T>();
  }
}

}  // namespace ab::detail
