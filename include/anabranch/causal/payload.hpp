/// @file
/// `ab::join_payload`: what two replicas hold behind the same dot.
#pragma once

#include "anabranch/lattice/operations.hpp"
#include "anabranch/lattice/value_order.hpp"

namespace ab {

/// Joins what stands behind one dot in two stores. A lattice is joined. Anything else was written once and is the same on
/// both sides; where it isn't, since a dot was given out twice, both keep the greater one and so agree.
template <class V>
constexpr bool join_payload(V& mine, V const& theirs) {
  if constexpr (join_semilattice<V>) {
    return ab::join(mine, theirs);
  } else if constexpr (ordered_values<V>) {
    if (!ab::value_less(mine, theirs)) return false;
    mine = theirs;
    return true;
  } else {
    return false;
  }
}

template <class V>
constexpr bool payload_leq(V const& mine, V const& theirs) {
  if constexpr (join_semilattice<V>)
    return ab::leq(mine, theirs);
  else if constexpr (ordered_values<V>)
    return !ab::value_less(theirs, mine);
  else
    return true;
}

}  // namespace ab
