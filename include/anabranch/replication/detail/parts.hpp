// What a replicated state consists of, and is stored as.
#pragma once

#include "anabranch/causal/dot.hpp"
#include "anabranch/causal/version_vector.hpp"
#include "anabranch/codec/types/vector.hpp"
#include "anabranch/container/encoding.hpp"
#include "anabranch/container/flat.hpp"
#include "anabranch/replication/stability.hpp"
#include "anabranch/replication/state_type.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ab::detail {

struct replication_peer {
  replica_id id{};
  std::uint64_t heard = 0;  // what it acknowledged of what we learnt
  std::uint64_t life = 0;   // the life that `got` is counted in
  std::uint64_t got = 0;    // what we have of what it learnt
  bool owed = false;        // it doesn't know yet that we got that
  bool lacks = false;       // its last message builds on more than we got
};

template <class State>
struct learnt_delta {
  State delta{};
  replica_id from{};
};

template <class State>
struct replicated_parts {
  state_type<State> type{};
  replica_id me{};
  std::uint64_t life = 0;
  std::uint64_t before = 0;     // the life that this one goes on from
  std::uint64_t common = 0;     // how many changes both count
  std::uint64_t forgotten = 0;  // how many changes came before the buffer
  std::vector<learnt_delta<State>> buffer{};
  std::vector<replication_peer> peers{};
  stability known{};
  version_vector<> removals{};                       // that were forgotten, here or where we heard of
  flat_containers::map<replica_id, bool> evicted{};  // and who of them spoke since it was told
  bool told = false;                                 // that the others have evicted this one
  State state{};

  std::uint64_t through() const noexcept { return forgotten + buffer.size(); }

  // Whether it can have come from here.
  bool well_formed() const noexcept {
    if (forgotten > INT64_MAX || common > through() || known.size() != peers.size()) return false;
    if (evicted.contains(me)) return false;
    for (std::size_t i = 0; i < peers.size(); ++i) {
      auto const& p = peers[i];
      if (p.id == me || p.heard > through() || !known.is_member(p.id) || evicted.contains(p.id)) return false;
      for (std::size_t j = 0; j < i; ++j)
        if (peers[j].id == p.id) return false;
    }
    return true;
  }
};

}  // namespace ab::detail
