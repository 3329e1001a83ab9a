/// @file
/// `ab::hash_containers`: hash maps.
#pragma once

#include "anabranch/container/hash_map.hpp"
#include "anabranch/container/sequence.hpp"
#include "anabranch/container/set_of.hpp"

namespace ab {

/// Hash maps over arrays: O(1) expected, little memory, in no order. The default.
struct hash_containers {
  static constexpr bool bounded = false;
  template <class T>
  using sequence = ab::sequence<T>;
  template <class K, class V>
  using map = hash_map<K, V>;
  template <class T>
  using set = set_of<hash_map<T, no_value>>;
};

}  // namespace ab
