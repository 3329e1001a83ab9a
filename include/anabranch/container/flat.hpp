/// @file
/// `ab::flat_containers`: sorted arrays.
#pragma once

#include "anabranch/container/flat_map.hpp"
#include "anabranch/container/sequence.hpp"
#include "anabranch/container/set_of.hpp"

namespace ab {

/// Sorted arrays: the least memory and linear merges; a new key costs a move of what follows. For states up to some
/// thousand keys, or those that are mostly merged.
struct flat_containers {
  static constexpr bool bounded = false;
  template <class T>
  using sequence = ab::sequence<T>;
  template <class K, class V>
  using map = flat_map<K, V>;
  template <class T>
  using set = set_of<flat_map<T, no_value>>;
};

}  // namespace ab
