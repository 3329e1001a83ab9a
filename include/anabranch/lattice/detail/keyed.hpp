// Order of maps of the container policies. A set is one whose values say nothing.
#pragma once

#include "anabranch/container/detail/seeker.hpp"

namespace ab::detail::lattices {

// Whether `of(mine, theirs)` holds of the values of each of `mine`'s keys, all of which `theirs` has.
template <class Map, class Of>
constexpr bool all_in(Map const& mine, Map const& theirs, Of const& of) {
  if (mine.size() > theirs.size()) return false;
  seeker<Map const> in(theirs, mine.size());
  for (auto const& e : mine) {
    auto const* const found = in.find(e.key);
    if (found == nullptr || !of(e.value, *found)) return false;
  }
  return true;
}

}  // namespace ab::detail::lattices
