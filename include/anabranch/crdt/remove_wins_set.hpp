/// @file
/// `ab::remove_wins_set`: a set where removing beats adding.
#pragma once

#include "anabranch/causal/dot_map.hpp"
#include "anabranch/causal/dot_pair.hpp"
#include "anabranch/causal/dot_set.hpp"
#include "anabranch/crdt/causal_state.hpp"
#include "anabranch/crdt/reads.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

template <class Self>
struct remove_wins_set_reads : reading<Self> {
  template <class Q>
  constexpr bool contains(Q const& element) const noexcept {
    auto const* const there = this->held().find(element);
    return there != nullptr && there->second.empty();
  }
  /// O(n): removed elements are remembered.
  constexpr std::size_t size() const noexcept {
    std::size_t n = 0;
    each([&n](auto const&) { ++n; });
    return n;
  }
  constexpr bool empty() const noexcept { return size() == 0; }
  template <class F>
  constexpr void each(F f) const {
    for (auto const& e : this->held())
      if (e.value.second.empty()) f(e.key);
  }
};

}  // namespace detail

/// A set of which a removal beats an add elsewhere at the same time: for what must be gone once anybody said so, such as
/// rights. What was removed is remembered by a dot, until it is added again.
template <class T, class Containers = hash_containers>
class remove_wins_set
    : public causal_state<remove_wins_set<T, Containers>,
                          dot_map<T, dot_pair<dot_set<Containers>, dot_set<Containers>>, Containers>, Containers>,
      public detail::remove_wins_set_reads<remove_wins_set<T, Containers>> {
  using both = dot_pair<dot_set<Containers>, dot_set<Containers>>;  // of adds, of removals
  using base = causal_state<remove_wins_set, dot_map<T, both, Containers>, Containers>;
  using whole = typename base::parts_type;

 public:
  using value_type = T;
  template <class Self>
  using reads = detail::remove_wins_set_reads<Self>;
  static constexpr std::string_view merge_name = "remove_wins_set/1";

  constexpr mutation<remove_wins_set> add(replica const& r, T element) { return put(r, std::move(element), true); }
  /// Also where it isn't there: then an add elsewhere at the same time loses.
  constexpr mutation<remove_wins_set> remove(replica const& r, T element) { return put(r, std::move(element), false); }
  /// Forgets removals that everybody has seen, with the adds that lost against them. Only where all members of `stable` get
  /// each other's changes in causal order, and nobody else brings any, as by `ab::replicated`. O(n).
  template <class VersionVector>
  constexpr mutation<remove_wins_set> prune(VersionVector const& stable) {
    return this->change([&](whole& self, whole& delta) {
      for (auto const& e : self.store) {
        bool all = !e.value.second.empty();
        e.value.each_dot([&](dot d) { all = all && stable.contains(d); });
        if (all) e.value.each_dot([&delta](dot d) { delta.context.insert(d); });
      }
      self.store.remove(delta.context);
    });
  }
  /// How many elements are there or remembered as removed.
  constexpr std::size_t remembered() const noexcept { return this->parts_.store.size(); }

 private:
  constexpr mutation<remove_wins_set> put(replica const& r, T element, bool there) {
    return this->change([&](whole& self, whole& delta) {
      auto const d = base::mint(r, self, delta);
      auto const insert = [&](both& s) {
        if (there)
          s.first.insert(d);
        else
          s.second.insert(d);
      };
      delta.store.edit(element, insert);
      self.store.edit(std::move(element), [&](both& s) {
        base::take_all(s, delta);
        insert(s);
      });
    });
  }
};

}  // namespace ab
