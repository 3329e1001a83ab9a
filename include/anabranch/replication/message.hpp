/// @file
/// `ab::replication_message`: what one replica sends to another.
#pragma once

#include "anabranch/causal/dot.hpp"
#include "anabranch/causal/version_vector.hpp"
#include "anabranch/replication/state_type.hpp"

#include <cstdint>

namespace ab {

/// All that `from` has and, as far as `from` knows, the other hasn't. May be lost, doubled and overtaken: what isn't
/// acknowledged is sent again with the next. Encoded like any struct.
template <class State>
struct replication_message {
  state_type<State> type{};
  replica_id from{};
  std::uint64_t after = 0;         ///< holds what `from` learnt after its so-manyth change, 0 for a whole state
  std::uint64_t through = 0;       ///< up to this
  std::uint64_t acknowledged = 0;  ///< how far `from` has got of what the other learnt
  version_vector<> seen{};         ///< the dots that `from` has seen, for states that have a causal context
  State delta{};
};

}  // namespace ab
