/// @file
/// `ab::try_join`: a join that refuses, whole, what containers of fixed capacity have no room for.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/lattice/detail/overflow.hpp"
#include "anabranch/lattice/operations.hpp"

#include <type_traits>
#include <utility>

namespace ab {

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
