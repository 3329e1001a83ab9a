/// @file
/// `ab::enable_wins_flag`, `ab::disable_wins_flag`: on or off.
#pragma once

#include "anabranch/causal/dot_pair.hpp"
#include "anabranch/causal/dot_set.hpp"
#include "anabranch/crdt/causal_state.hpp"
#include "anabranch/crdt/reads.hpp"

#include <string_view>

namespace ab {

namespace detail {

template <class Self>
struct enable_wins_reads : reading<Self> {
  constexpr bool value() const noexcept { return !this->held().empty(); }
};
template <class Self>
struct disable_wins_reads : reading<Self> {
  constexpr bool value() const noexcept { return !this->held().first.empty() && this->held().second.empty(); }
};

}  // namespace detail

/// Off at first. Switched on and off at the same time, it is on.
template <class Containers = hash_containers>
class enable_wins_flag : public causal_state<enable_wins_flag<Containers>, dot_set<Containers>, Containers>,
                         public detail::enable_wins_reads<enable_wins_flag<Containers>> {
  using base = causal_state<enable_wins_flag, dot_set<Containers>, Containers>;
  using whole = typename base::parts_type;

 public:
  template <class Self>
  using reads = detail::enable_wins_reads<Self>;
  static constexpr std::string_view merge_name = "enable_wins_flag/1";

  constexpr mutation<enable_wins_flag> enable(replica const& r) {
    return this->change([&](whole& self, whole& delta) {
      base::take_all(self.store, delta);
      auto const d = base::mint(r, self, delta);
      self.store.insert(d);
      delta.store.insert(d);
    });
  }
  constexpr mutation<enable_wins_flag> disable() {
    return this->change([](whole& self, whole& delta) { base::take_all(self.store, delta); });
  }
};

/// Off at first. Switched on and off at the same time, it is off.
template <class Containers = hash_containers>
class disable_wins_flag : public causal_state<disable_wins_flag<Containers>,
                                              dot_pair<dot_set<Containers>, dot_set<Containers>>, Containers>,
                          public detail::disable_wins_reads<disable_wins_flag<Containers>> {
  using both = dot_pair<dot_set<Containers>, dot_set<Containers>>;  // of enabling, of disabling
  using base = causal_state<disable_wins_flag, both, Containers>;
  using whole = typename base::parts_type;

 public:
  template <class Self>
  using reads = detail::disable_wins_reads<Self>;
  static constexpr std::string_view merge_name = "disable_wins_flag/1";

  constexpr mutation<disable_wins_flag> enable(replica const& r) { return put(r, true); }
  constexpr mutation<disable_wins_flag> disable(replica const& r) { return put(r, false); }

 private:
  constexpr mutation<disable_wins_flag> put(replica const& r, bool on) {
    return this->change([&](whole& self, whole& delta) {
      base::take_all(self.store, delta);
      auto const d = base::mint(r, self, delta);
      for (auto* const s : {&self.store, &delta.store}) {
        if (on)
          s->first.insert(d);
        else
          s->second.insert(d);
      }
    });
  }
};

}  // namespace ab
