/// @file
/// `ab::try_join`: a join that refuses, whole, what containers of fixed capacity have no room for.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/lattice/operations.hpp"

#include <concepts>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail::lattices {

template <class T>
concept tells_overflow = requires(T const& a) {
  { a.overflowed() } -> std::same_as<bool>;
};

// Whether something was too small anywhere within, also in the values of a map.
template <class T>
constexpr bool overflowed(T const& a) {
  if constexpr (tells_overflow<T>) {
    if (a.overflowed()) return true;
  }
  if constexpr (is_struct_of_lattices<T>()) {
    return with_fields(a, [](auto const&... fields) { return (lattices::overflowed(fields) || ...); });
  } else if constexpr (requires { a.keyed().begin()->value; }) {
    for (auto const& e : a.keyed())
      if (lattices::overflowed(e.value)) return true;
  }
  return false;
}

}  // namespace detail::lattices

/// As `ab::join`, for states over containers of fixed capacity: joins into a copy first. O(size of both).
/// @return whether `a` grew; `too_large` where something has no room in it, and `a` is as before
template <class T>
constexpr result<bool> try_join(T& a, std::type_identity_t<T> const& b) {
  auto fresh = a;
  bool const grew = ab::join(fresh, b);
  if (detail::lattices::overflowed(fresh))
    return error(errc::too_large, "a join has no room in containers of fixed capacity", "give them a larger one");
  if (grew) a = std::move(fresh);
  return grew;
}

}  // namespace ab
