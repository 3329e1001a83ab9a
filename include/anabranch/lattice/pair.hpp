/// @file
/// `ab::lattice::pair`: two lattices side by side.
#pragma once

#include "anabranch/lattice/operations.hpp"

namespace ab::lattice {

/// Joins each by itself: the product of two lattices. A struct with names for its fields is as much of a lattice, and says
/// more; this is for generic code.
template <class First, class Second>
struct pair {
  First first{};
  Second second{};

  friend constexpr bool operator==(pair const&, pair const&) = default;
};
template <class First, class Second>
pair(First, Second) -> pair<First, Second>;

}  // namespace ab::lattice
