/// @file
/// `ab::dot`: one thing that one replica did.
#pragma once

#include "anabranch/core/identifiers.hpp"

#include <cstdint>

namespace ab {

/// The number of a replica, and of the life that it is in.
using replica_id = origin;

/// The `sequence`-th thing that the replica `from` did, counted from 1.
using dot = event_id;

/// Consecutive dots of one replica.
struct dot_range {
  replica_id from{};
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  friend constexpr auto operator<=>(dot_range const&, dot_range const&) = default;
};

}  // namespace ab
