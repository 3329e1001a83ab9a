/// @file
/// What every lattice can do, also a plain struct of lattices: `ab::join`, `joined`, `leq`, `difference`, `decompose`.
#pragma once

#include "anabranch/lattice/concepts.hpp"

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail::lattices {

// Calls `f(fields of a, fields of b)` for each pair of fields in order.
template <class A, class B, class F>
ANABRANCH_ALWAYS_INLINE constexpr void for_each_pair(A& a, B& b, F const& f) {
  with_fields(a, [&](auto&... as) { with_fields(b, [&](auto&... bs) { (f(as, bs), ...); }); });
}

}  // namespace detail::lattices

/// `a` becomes the least upper bound of both.
/// @return whether it grew
template <class T>
constexpr bool join(T& a, std::type_identity_t<T> const& b) {
  static_assert(require_join_semilattice<T>());
  if constexpr (!join_semilattice<T>) {
    return false;
  } else if constexpr (detail::lattices::has_join<T>) {
    return a.join(b);
  } else {
    bool grew = false;
    detail::lattices::for_each_pair(a, b, [&](auto& x, auto const& y) { grew |= ab::join(x, y); });
    return grew;
  }
}

/// The same, taking from `b` what is cheaper moved than copied.
template <class T>
constexpr bool join(T& a, std::type_identity_t<T>&& b) {
  static_assert(require_join_semilattice<T>());
  if constexpr (!join_semilattice<T>) {
    return false;
  } else if constexpr (detail::lattices::has_join<T>) {
    return a.join(std::move(b));
  } else {
    bool grew = false;
    detail::lattices::for_each_pair(a, b, [&](auto& x, auto& y) { grew |= ab::join(x, std::move(y)); });
    return grew;
  }
}

/// The least upper bound of all of them.
template <class T, std::same_as<T>... More>
[[nodiscard]] constexpr T joined(T a, More const&... more) {
  static_assert(require_join_semilattice<T>());
  if constexpr (join_semilattice<T>) (ab::join(a, more), ...);
  return a;
}

/// Whether `b` knows all that `a` does. A partial order: of two values that were changed apart, neither may be `leq`.
template <class T>
[[nodiscard]] constexpr bool leq(T const& a, std::type_identity_t<T> const& b) {
  static_assert(require_join_semilattice<T>());
  if constexpr (!join_semilattice<T>) {
    return false;
  } else if constexpr (detail::lattices::has_join<T>) {
    return a.leq(b);
  } else {
    bool all = true;
    detail::lattices::for_each_pair(a, b, [&](auto const& x, auto const& y) { all = all && ab::leq(x, y); });
    return all;
  }
}

/// Whether two values are the same: by `==`, or field by field for a struct that has none.
template <class T>
[[nodiscard]] constexpr bool same(T const& a, std::type_identity_t<T> const& b) {
  static_assert(require_join_semilattice<T>());
  if constexpr (!join_semilattice<T>) {
    return false;
  } else if constexpr (detail::lattices::has_equality<T>) {
    return a == b;
  } else {
    bool all = true;
    detail::lattices::for_each_pair(a, b, [&](auto const& x, auto const& y) { all = all && ab::same(x, y); });
    return all;
  }
}

/// Whether it is `T{}`, the least value.
template <class T>
[[nodiscard]] constexpr bool is_bottom(T const& a) {
  if constexpr (requires {
                  { a.is_bottom() } -> std::same_as<bool>;
                })
    return a.is_bottom();
  else
    return ab::same(a, T{});
}

/// The least `d` such that `b` joined with `d` is `b` joined with `a`: what to send to who has `b`.
template <class T>
[[nodiscard]] constexpr T difference(T const& a, std::type_identity_t<T> const& b) {
  static_assert(require_join_semilattice<T>());
  if constexpr (!join_semilattice<T>) {
    return T{};
  } else if constexpr (detail::lattices::has_join<T>) {
    return a.difference(b);
  } else {
    T d{};
    detail::lattices::with_fields(d, [&](auto&... ds) {
      auto const into = std::tie(ds...);
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        detail::lattices::with_fields(a, [&](auto&... as) {
          detail::lattices::with_fields(b, [&](auto&... bs) { ((std::get<I>(into) = ab::difference(as, bs)), ...); });
        });
      }(std::index_sequence_for<decltype(ds)...>{});
    });
    return d;
  }
}

/// Calls `f(part)` with each of the parts that `a` is made of: joined they are `a`, none is a join of others, and none
/// can be left out. None for `T{}`. The order is not specified.
template <class T, class F>
constexpr void decompose(T const& a, F&& f) {
  static_assert(require_join_semilattice<T>());
  if constexpr (!join_semilattice<T>) {
    return;
  } else if constexpr (detail::lattices::has_join<T>) {
    a.decompose([&f](auto const& part) { f(part); });
  } else {
    detail::lattices::with_fields(a, [&](auto&... fields) {
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (ab::decompose(fields,
                       [&](auto const& part) {
                         T alone{};
                         detail::lattices::with_fields(
                             alone, [&](auto&... places) { std::get<I>(std::tie(places...)) = part; });
                         f(std::as_const(alone));
                       }),
         ...);
      }(std::index_sequence_for<decltype(fields)...>{});
    });
  }
}

}  // namespace ab
