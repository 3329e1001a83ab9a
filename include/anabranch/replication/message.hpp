/// @file
/// `ab::replication_message`: what one replica sends to another.
#pragma once

#include "anabranch/causal/dot.hpp"
#include "anabranch/causal/version_vector.hpp"
#include "anabranch/container/encoding.hpp"
#include "anabranch/container/flat.hpp"
#include "anabranch/replication/state_type.hpp"

#include <cstdint>

namespace ab {

/// All that `from` has and, as far as `from` knows, `to` hasn't. May be lost, doubled and overtaken: what isn't acknowledged
/// is sent again with the next. Encoded like any struct.
///
/// Changes are counted within a *life* of their replica: from one construction or loading of its `ab::replicated` to the next.
/// A life that was loaded goes on from another; up to `common` both count the same changes.
template <class State>
struct replication_message {
  state_type<State> type{};
  replica_id from{};
  replica_id to{};
  std::uint64_t life = 0;               ///< what `after` and `through` are counted in
  std::uint64_t before = 0;             ///< the life that it goes on from, 0: none
  std::uint64_t common = 0;             ///< how many changes the two lives have in common
  std::uint64_t after = 0;              ///< holds what `from` learnt after its so-manyth change, 0 for a whole state
  std::uint64_t through = 0;            ///< up to this
  std::uint64_t acknowledged_life = 0;  ///< the life of `to` that `acknowledged` is counted in, 0: none is known
  std::uint64_t acknowledged = 0;       ///< how far `from` has got of what `to` learnt
  bool lacking = false;                 ///< whether that is less than `to` built its last message on
  version_vector<> seen{};              ///< the dots that `from` has seen, for states that have a causal context
  version_vector<> forgotten{};  ///< removals that all had seen, and that `from`, or who it heard of, has forgotten
  flat_containers::set<replica_id> evicted{};  ///< who doesn't take part any more
  State delta{};
};

}  // namespace ab
