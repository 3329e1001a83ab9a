/// @file
/// `ab::join_semilattice`: values that merge, and what such a type provides.
#pragma once

#include "anabranch/lattice/detail/fields.hpp"

#include <concepts>
#include <type_traits>

namespace ab {

namespace detail::lattices {

struct ignore {
  constexpr void operator()(auto const&) const noexcept {}
};

template <class T>
concept has_join = requires(T& a, T const& b) { a.join(b); };
template <class T>
concept says_growth = requires(T& a, T const& b) {
  { a.join(b) } -> std::same_as<bool>;
};
template <class T>
concept has_leq = requires(T const& a, T const& b) {
  { a.leq(b) } -> std::same_as<bool>;
};
template <class T>
concept has_difference = requires(T const& a, T const& b) {
  { a.difference(b) } -> std::same_as<T>;
};
template <class T>
concept has_decompose = requires(T const& a) { a.decompose(ignore{}); };
template <class T>
concept has_equality = requires(T const& a, T const& b) {
  { a == b } -> std::same_as<bool>;
};

template <class T>
concept with_members = has_equality<T> && says_growth<T> && has_leq<T> && has_difference<T> && has_decompose<T>;

template <class T>
consteval bool is_lattice();
template <class... Ts>
consteval bool all_lattices(types<Ts...>) {
  return (is_lattice<Ts>() && ...);
}
consteval bool all_lattices(canonical::has_bit_field) { return false; }

// A struct of lattices, merged field by field.
template <class T>
consteval bool is_struct_of_lattices() {
  if constexpr (has_join<T> || !has_fields<T>())
    return false;
  else
    return all_lattices(fields_of<T>{});
}

template <class T>
consteval bool is_lattice() {
  if constexpr (!std::is_class_v<T> || !std::is_same_v<T, std::remove_cv_t<T>> || !std::semiregular<T>)
    return false;
  else
    return with_members<T> || is_struct_of_lattices<T>();
}

}  // namespace detail::lattices

/// `T`'s values merge: any two have a least upper bound, `T{}` is below all, and copies join again without harm.
///
/// | member | |
/// |---|---|
/// | `T{}` | the least value, "nothing known" |
/// | `a.join(b) -> bool` | `a` becomes the least upper bound of both; whether it grew |
/// | `a.leq(b) -> bool` | whether `b` knows all that `a` does: `b.join(a)` would change nothing |
/// | `a.difference(b) -> T` | the least `d` such that `b` joined with `d` is `b` joined with `a` |
/// | `a.decompose(f)` | calls `f` with each of the parts of `a`: none is a join of others, none can be left out |
/// | `a == b -> bool` | equal exactly where each is `leq` the other |
///
/// A plain struct of such types is one without a line of its own: it merges field by field. The functions of
/// `lattice/operations.hpp` take both kinds. What a signature can't say, `anabranch/testing/laws.hpp` checks.
template <class T>
concept join_semilattice = detail::lattices::is_lattice<T>();

namespace detail::lattices {

template <class T>
consteval bool require();

template <class... Ts>
consteval bool require_each(types<Ts...>) {
  return (require<Ts>() && ...);
}

template <class T>
consteval bool require_members() {
  static_assert(says_growth<T>,
                "ab::join_semilattice: `join` says whether the value grew: `bool join(T const& other)`, which can be "
                "called on a T and a T const");
  static_assert(has_equality<T>,
                "ab::join_semilattice: a lattice with `join` of its own needs `==`; "
                "`friend bool operator==(T const&, T const&) = default;` mostly does");
  static_assert(has_leq<T>,
                "ab::join_semilattice: `bool leq(T const& other) const` is missing: whether `other` knows all that "
                "this one does");
  static_assert(has_difference<T>,
                "ab::join_semilattice: `T difference(T const& other) const` is missing: the least value that brings "
                "`other` up to this one");
  static_assert(has_decompose<T>,
                "ab::join_semilattice: `template <class F> void decompose(F f) const` is missing: it calls `f` with "
                "each part of the value");
  return with_members<T>;
}

template <class T>
consteval bool require_fields() {
  constexpr bool plain = std::is_class_v<T> && std::is_aggregate_v<T>;
  static_assert(plain,
                "ab::join_semilattice: nothing says how two of these merge; take a lattice for it (ab::lattice::max, "
                "min, set, map, or a CRDT), or write `bool join(T const& other)`");
  if constexpr (plain) {
    using canonical::counting;
    constexpr auto how = counted<T>.how;
    static_assert(how != counting::counted || counted<T>.fields > 0,
                  "ab::join_semilattice: a struct without fields holds nothing that could merge");
    static_assert(how == counting::counted,
                  "ab::join_semilattice: the fields of this struct can't be told apart: more than 32, a base class, a "
                  "C array, a union or a reference; group them in structs, or write `bool join(T const& other)`");
    if constexpr (has_fields<T>()) {
      constexpr bool addressable = !std::is_same_v<fields_of<T>, canonical::has_bit_field>;
      static_assert(addressable, "ab::join_semilattice: a field of this struct is a bit-field, which can't merge");
      if constexpr (addressable) return require_each(fields_of<T>{});
    }
  }
  return false;
}

template <class T>
consteval bool require() {
  if constexpr (!is_lattice<T>()) {
    constexpr bool value = std::is_object_v<T> && std::is_same_v<T, std::remove_cv_t<T>> && !std::is_array_v<T>;
    static_assert(value, "ab::join_semilattice: a lattice is a value: no const, reference, array or function");
    if constexpr (value) {
      static_assert(std::default_initializable<T>,
                    "ab::join_semilattice: T{} is the least value, which joins without effect: give the type a default "
                    "constructor that makes it");
      static_assert(std::copyable<T>, "ab::join_semilattice: a lattice is a value: it can be copied and assigned");
      if constexpr (has_join<T>)
        return require_members<T>();
      else
        return require_fields<T>();
    }
    return false;
  }
  return true;
}

}  // namespace detail::lattices

/// Doesn't compile where `T` is no `join_semilattice`, and says what is missing, also of a field. For `static_assert`.
template <class T>
consteval bool require_join_semilattice() {
  return detail::lattices::require<T>();
}

}  // namespace ab
