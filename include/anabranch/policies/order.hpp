/// @file
/// The order axis: whether events of different streams have an order among each other.
#pragma once

#include "anabranch/core/policy.hpp"

namespace ab {

/// Each stream has its own order and nothing is kept for the whole. The default.
struct per_stream {
  using policy_axis = order_axis;
  static constexpr bool global = false;
};

/// All events of a store are numbered in the order of their commits: the store can be read, folded and resumed as one.
/// Costs a position an event and an index entry in memory.
struct global_order {
  using policy_axis = order_axis;
  static constexpr bool global = true;
};

}  // namespace ab
