/// @file
/// `ab::lattice::min`: the smallest value seen.
#pragma once

#include "anabranch/lattice/detail/extremum.hpp"

namespace ab {

namespace lattice {

/// Joins to the smallest. Starts from the type's greatest value (see `bounds`). Of floating-point numbers a NaN counts as
/// not seen, and there is one zero.
/// @tparam T a value with `<` and `==` that agree: a total order
template <class T>
class min : public ab::detail::lattices::extremum<min<T>, T, ab::detail::lattices::downwards> {
 public:
  using ab::detail::lattices::extremum<min<T>, T, ab::detail::lattices::downwards>::extremum;
};
template <class T>
min(T) -> min<T>;

}  // namespace lattice

template <class T>
struct codec_traits<lattice::min<T>> : detail::lattices::extremum_traits<lattice::min<T>> {};

}  // namespace ab
