/// @file
/// `ab::causal_counter`: a counter that lies in a map, and is reset with its key.
#pragma once

#include "anabranch/causal/dot_fun.hpp"
#include "anabranch/crdt/causal_state.hpp"
#include "anabranch/crdt/reads.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ab {

namespace detail {

template <class Self>
struct causal_counter_reads : reading<Self> {
  constexpr std::int64_t value() const noexcept {
    std::uint64_t sum = 0;
    for (auto const& e : this->held()) sum += static_cast<std::uint64_t>(e.value);
    return static_cast<std::int64_t>(sum);
  }
};

}  // namespace detail

/// A counter that goes up and down and is reset, in which each count keeps its dot: what a reset hadn't seen stays, exactly.
/// What `ab::g_counter`, `ab::pn_counter` and `ab::resettable_counter` become within an `ab::add_wins_map`; by itself the last of
/// these takes less: here each count takes an entry, until a reset.
template <class Containers = hash_containers>
class causal_counter : public causal_state<causal_counter<Containers>, dot_fun<std::int64_t, Containers>, Containers>,
                       public detail::causal_counter_reads<causal_counter<Containers>> {
  using base = causal_state<causal_counter, dot_fun<std::int64_t, Containers>, Containers>;
  using whole = typename base::parts_type;

 public:
  template <class Self>
  using reads = detail::causal_counter_reads<Self>;
  static constexpr std::string_view merge_name = "causal_counter/1";

  constexpr mutation<causal_counter> increment(replica const& r, std::uint64_t by = 1) {
    return add(r, static_cast<std::int64_t>(by));
  }
  constexpr mutation<causal_counter> decrement(replica const& r, std::uint64_t by = 1) {
    return add(r, static_cast<std::int64_t>(std::uint64_t{0} - by));
  }
  constexpr mutation<causal_counter> reset() {
    return this->change([](whole& self, whole& delta) { base::take_all(self.store, delta); });
  }

 private:
  constexpr mutation<causal_counter> add(replica const& r, std::int64_t by) {
    return this->change([&](whole& self, whole& delta) {
      if (by == 0) return;
      auto const d = base::mint(r, self, delta);
      self.store.insert(d, by);
      delta.store.insert(d, by);
    });
  }
};

}  // namespace ab
