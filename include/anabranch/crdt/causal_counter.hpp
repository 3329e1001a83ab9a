/// @file
/// `ab::causal_counter`: a counter that lies in a map, and is reset with its key.
#pragma once

#include "anabranch/causal/dot_fun.hpp"
#include "anabranch/crdt/causal_state.hpp"
#include "anabranch/crdt/reads.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace ab {

/// What an `ab::causal_counter` can do.
enum class counting : std::uint8_t {
  up,           ///< as an `ab::g_counter`
  up_and_down,  ///< as an `ab::pn_counter`
  resettable,   ///< as an `ab::resettable_counter`
};

namespace detail {

template <counting How>
using number_counted = std::conditional_t<How == counting::up, std::uint64_t, std::int64_t>;

template <class Self>
struct causal_counter_reads : reading<Self> {
  constexpr std::int64_t value() const noexcept {
    std::uint64_t sum = 0;
    for (auto const& e : this->held()) sum += static_cast<std::uint64_t>(e.value);
    return static_cast<std::int64_t>(sum);
  }
};

}  // namespace detail

/// A counter in which each count keeps its dot: what a reset, or the erasure of its key, hadn't seen stays, exactly. What
/// `ab::g_counter`, `ab::pn_counter` and `ab::resettable_counter` become within an `ab::add_wins_map`, with the members that
/// they have; by itself the last of these takes less: here each count takes an entry, until a reset.
template <class Containers = hash_containers, counting How = counting::resettable>
class causal_counter : public causal_state<causal_counter<Containers, How>,
                                           dot_fun<detail::number_counted<How>, Containers>, Containers>,
                       public detail::causal_counter_reads<causal_counter<Containers, How>> {
  using base = causal_state<causal_counter, dot_fun<detail::number_counted<How>, Containers>, Containers>;
  using whole = typename base::parts_type;

 public:
  template <class Self>
  using reads = detail::causal_counter_reads<Self>;
  static constexpr std::string_view merge_name = How == counting::up            ? "causal_counter/1 up"
                                                 : How == counting::up_and_down ? "causal_counter/1 up and down"
                                                                                : "causal_counter/1";

  constexpr mutation<causal_counter> increment(replica const& r, std::uint64_t by = 1) { return add(r, by); }
  constexpr mutation<causal_counter> decrement(replica const& r, std::uint64_t by = 1)
    requires(How != counting::up)
  {
    return add(r, std::uint64_t{0} - by);
  }
  constexpr mutation<causal_counter> reset()
    requires(How == counting::resettable)
  {
    return this->change([](whole& self, whole& delta) { base::take_all(self.store, delta); });
  }

 private:
  constexpr mutation<causal_counter> add(replica const& r, std::uint64_t by) {
    return this->change([&](whole& self, whole& delta) {
      if (by == 0) return;
      auto const d = base::mint(r, self, delta);
      auto const value = static_cast<detail::number_counted<How>>(by);
      self.store.insert(d, value);
      delta.store.insert(d, value);
    });
  }
};

}  // namespace ab
