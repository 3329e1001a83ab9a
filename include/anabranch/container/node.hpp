/// @file
/// `ab::node_containers`: balanced trees.
#pragma once

#include "anabranch/container/node_map.hpp"
#include "anabranch/container/sequence.hpp"
#include "anabranch/container/set_of.hpp"

namespace ab {

/// Balanced trees: O(log n) whatever the keys are, in order, values never move. Where strangers choose the keys, or values
/// are large.
struct node_containers {
  static constexpr bool bounded = false;
  template <class T>
  using sequence = ab::sequence<T>;
  template <class K, class V>
  using map = node_map<K, V>;
  template <class T>
  using set = set_of<node_map<T, no_value>>;
};

}  // namespace ab
