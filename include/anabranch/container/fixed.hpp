/// @file
/// `ab::fixed_containers`: no heap.
#pragma once

#include "anabranch/container/fixed_sequence.hpp"
#include "anabranch/container/flat_map.hpp"
#include "anabranch/container/set_of.hpp"

#include <cstddef>

namespace ab {

/// Sorted arrays of up to `N` elements each, within the state itself: no heap, a size that is known while compiling. A
/// state over them is joined by `ab::try_join`, which refuses, whole, what doesn't fit.
template <std::size_t N>
struct fixed_containers {
  static constexpr bool bounded = true;
  template <class T>
  using sequence = fixed_sequence<T, N>;
  template <class K, class V>
  using map = flat_map<K, V, fixed_sequence<map_entry<K, V>, N>>;
  template <class T>
  using set = set_of<map<T, no_value>>;
};

}  // namespace ab
