// Whether a container of fixed capacity was too small anywhere within.
#pragma once

#include "anabranch/lattice/concepts.hpp"

#include <concepts>

namespace ab::detail::lattices {

template <class T>
concept tells_overflow = requires(T const& a) {
  { a.overflowed() } -> std::same_as<bool>;
};

template <class T>
constexpr bool overflowed(T const& a) {
  if constexpr (tells_overflow<T>)
    return a.overflowed();
  else if constexpr (is_struct_of_lattices<T>())
    return with_fields(a, [](auto const&... fields) { return (lattices::overflowed(fields) || ...); });
  else
    return false;
}

}  // namespace ab::detail::lattices
