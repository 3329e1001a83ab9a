/// @file
/// `ab::pn_counter`: a counter that goes up and down.
#pragma once

#include "anabranch/causal/replica.hpp"
#include "anabranch/container/hash.hpp"
#include "anabranch/crdt/several_counts.hpp"

#include <cstdint>
#include <string_view>

namespace ab {

/// Counts up and down, on every replica at once: two numbers for each replica, joined by maximum.
template <class Containers = hash_containers>
class pn_counter : public several_counts<pn_counter<Containers>, Containers, 2> {
  using base = several_counts<pn_counter, Containers, 2>;
  friend base;

 public:
  static constexpr std::string_view merge_name = "pn_counter/1";

  constexpr mutation<pn_counter> increment(replica const& r, std::uint64_t by = 1) { return this->raise(0, r, by); }
  constexpr mutation<pn_counter> decrement(replica const& r, std::uint64_t by = 1) { return this->raise(1, r, by); }
  constexpr std::int64_t value() const noexcept {
    return static_cast<std::int64_t>(this->counts_[0].sum() - this->counts_[1].sum());
  }
};

}  // namespace ab
