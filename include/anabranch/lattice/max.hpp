/// @file
/// `ab::lattice::max`: the largest value seen.
#pragma once

#include "anabranch/lattice/detail/extremum.hpp"

namespace ab {

namespace lattice {

/// Joins to the largest. Starts from the type's least value (see `bounds`). Of floating-point numbers a NaN counts as
/// not seen, and there is one zero.
/// @tparam T a value with `<` and `==` that agree: a total order
template <class T>
class max : public ab::detail::lattices::extremum<max<T>, T, ab::detail::lattices::upwards> {
 public:
  using ab::detail::lattices::extremum<max<T>, T, ab::detail::lattices::upwards>::extremum;
};
template <class T>
max(T) -> max<T>;

}  // namespace lattice

template <class T>
struct codec_traits<lattice::max<T>> : detail::lattices::extremum_traits<lattice::max<T>> {};

}  // namespace ab
