/// @file
/// `ab::g_counter`: a counter that only grows.
#pragma once

#include "anabranch/causal/replica.hpp"
#include "anabranch/causal/replica_counts.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/container/hash.hpp"
#include "anabranch/crdt/mutation.hpp"

#include <cstdint>
#include <string_view>
#include <utility>

namespace ab {

/// Counts up, on every replica at once: a number for each replica, joined by maximum. Up to 2^63 - 1 on each.
template <class Containers = hash_containers>
class g_counter {
 public:
  static constexpr bool bounded = Containers::bounded;
  static constexpr bool requires_causal_delivery = false;
  static constexpr std::string_view merge_name = "g_counter/1";

  /// O(1) where the same replica counts again.
  constexpr mutation<g_counter> increment(replica const& r, std::uint64_t by = 1) {
    return detail::mutate(*this, [&](g_counter& self, g_counter& delta) {
      if (by == 0) return;
      auto* const mine = self.counts_.of(r.id());
      if (mine == nullptr) return;
      *mine += detail::step_from(*mine, by);
      delta.counts_.put_first(r.id(), *mine);
    });
  }
  constexpr std::uint64_t value() const noexcept { return counts_.sum(); }
  /// What one replica has counted.
  constexpr std::uint64_t value_of(replica_id id) const noexcept { return counts_.at(id); }
  constexpr std::uint64_t known_of(replica_id id) const noexcept { return counts_.at(id); }
  constexpr bool is_bottom() const noexcept { return counts_.empty(); }

  constexpr bool join(g_counter const& o) { return counts_.join(o.counts_); }
  constexpr bool overflowed() const noexcept { return counts_.overflowed(); }
  constexpr bool leq(g_counter const& o) const noexcept { return counts_.leq(o.counts_); }
  constexpr g_counter difference(g_counter const& o) const {
    g_counter d;
    d.counts_ = counts_.difference(o.counts_);
    return d;
  }
  template <class F>
  constexpr void decompose(F f) const {
    counts_.decompose([&f](auto const& part) {
      g_counter alone;
      alone.counts_ = part;
      f(std::as_const(alone));
    });
  }
  friend constexpr bool operator==(g_counter const& a, g_counter const& b) { return a.counts_ == b.counts_; }
  static constexpr auto fields() { return ab::fields(&g_counter::counts_); }

 private:
  replica_counts<Containers> counts_{};
};

}  // namespace ab
