/// @file
/// `ab::add_wins_set`: a set where adding beats removing.
#pragma once

#include "anabranch/causal/dot_map.hpp"
#include "anabranch/causal/dot_set.hpp"
#include "anabranch/crdt/causal_state.hpp"
#include "anabranch/crdt/reads.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

template <class Self>
struct add_wins_set_reads : reading<Self> {
  template <class Q>
  constexpr bool contains(Q const& element) const noexcept {
    return this->held().contains_key(element);
  }
  constexpr std::size_t size() const noexcept { return this->held().size(); }
  constexpr bool empty() const noexcept { return this->held().empty(); }
  /// Calls `f(element)` for each, in the containers' order.
  template <class F>
  constexpr void each(F f) const {
    for (auto const& e : this->held()) f(e.key);
  }
};

}  // namespace detail

/// A set of which elements can be added, removed and added again: a removal takes away what its replica had seen, so an
/// add elsewhere at the same time wins. No tombstones.
/// @tparam T the elements: what the containers ask of keys (`==` and `ab::key_hash`, or `<`), and `<` to be encoded
template <class T, class Containers = hash_containers>
class add_wins_set
    : public causal_state<add_wins_set<T, Containers>, dot_map<T, dot_set<Containers>, Containers>, Containers>,
      public detail::add_wins_set_reads<add_wins_set<T, Containers>> {
  using base = causal_state<add_wins_set, dot_map<T, dot_set<Containers>, Containers>, Containers>;
  using whole = typename base::parts_type;
  using dots = dot_set<Containers>;

 public:
  using value_type = T;
  template <class Self>
  using reads = detail::add_wins_set_reads<Self>;
  static constexpr std::string_view merge_name = "add_wins_set/1";

  /// O(1) expected. Adding what is there already lets it survive a removal that hasn't seen this.
  constexpr mutation<add_wins_set> add(replica const& r, T element) {
    return this->change([&](whole& self, whole& delta) {
      auto const d = base::mint(r, self, delta);
      delta.store.put_first(element, d);
      self.store.put(
          std::move(element), [&delta](dots const& s) { s.each_dot([&delta](dot old) { delta.context.insert(old); }); },
          d);
    });
  }
  /// Nothing where it isn't there.
  template <class Q>
  constexpr mutation<add_wins_set> remove(Q const& element) {
    return this->change([&](whole& self, whole& delta) {
      auto const* const there = self.store.find(element);
      if (there == nullptr) return;
      there->each_dot([&delta](dot d) { delta.context.insert(d); });
      self.store.erase(element);
    });
  }
  /// Removes all that is there.
  constexpr mutation<add_wins_set> clear() {
    return this->change([](whole& self, whole& delta) { base::clear_all(self, delta); });
  }

  constexpr void reserve(std::size_t n) { this->parts_.store.reserve(n); }
};

}  // namespace ab
