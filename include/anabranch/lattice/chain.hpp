/// @file
/// `ab::lattice::chain`: lattices in which any two values are comparable.
#pragma once

#include "anabranch/lattice/concepts.hpp"

namespace ab::lattice {

/// A lattice whose order is total, so that the join of two values is always one of them. Nobody can see that from outside:
/// a type says so by `static constexpr bool is_chain = true;`, and `ab::check_laws` checks it.
template <class T>
concept chain = join_semilattice<T> && requires { requires bool{T::is_chain}; };

}  // namespace ab::lattice
