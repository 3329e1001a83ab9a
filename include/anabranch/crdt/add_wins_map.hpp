/// @file
/// `ab::add_wins_map`: states by key.
#pragma once

#include "anabranch/causal/dot_map.hpp"
#include "anabranch/crdt/causal_state.hpp"
#include "anabranch/crdt/nested.hpp"
#include "anabranch/crdt/reads.hpp"
#include "anabranch/lattice/merge_parts.hpp"

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

template <class Self, class Inner>
struct add_wins_map_reads : reading<Self> {
  template <class Q>
  constexpr bool contains(Q const& key) const noexcept {
    return this->held().contains_key(key);
  }
  /// What lies under `key`, to be read; empty where nothing does. Until the map changes.
  template <class Q>
  constexpr state_view<Inner> operator[](Q const& key) const noexcept {
    return state_view<Inner>(this->held().find(key));
  }
  constexpr std::size_t size() const noexcept { return this->held().size(); }
  constexpr bool empty() const noexcept { return this->held().empty(); }
  /// Calls `f(key, view)` for each, in the containers' order.
  template <class F>
  constexpr void each(F f) const {
    for (auto const& e : this->held()) f(e.key, state_view<Inner>(&e.value));
  }
};

}  // namespace detail

/// States by key, also maps again. A key is there while what lies under it is not empty. Erasing a key resets what lies under
/// it: whatever was seen goes, what others did at the same time stays, also in depth. All share one causal context.
/// @tparam State any of the types over dots, a counter or an `ab::lww_register`; see `ab::nested`
template <class K, class State, class Containers = hash_containers>
class add_wins_map
    : public causal_state<add_wins_map<K, State, Containers>,
                          dot_map<K, typename nested<State>::type::store_type, Containers>, Containers>,
      public detail::add_wins_map_reads<add_wins_map<K, State, Containers>, typename nested<State>::type> {
 public:
  using key_type = K;
  /// What lies under a key: `State`, or the form of it that keeps dots.
  using inner = typename nested<State>::type;
  template <class Self>
  using reads = detail::add_wins_map_reads<Self, inner>;
  static constexpr std::string_view merge_name = "add_wins_map/1";
  using merge_parts = lattice::merge_parts<inner>;

 private:
  using below = typename inner::store_type;
  using base = causal_state<add_wins_map, dot_map<K, below, Containers>, Containers>;
  using whole = typename base::parts_type;
  static_assert(
      std::is_same_v<typename inner::containers, Containers>,
      "ab::add_wins_map: map and values share one causal context, so they take the same containers: name them "
      "in the value's type, too");

 public:
  /// Changes what lies under `key`: `f(inner&)` calls one of its mutators and returns what that gives.
  ///
  /// ```cpp
  /// votes.update("alice", [&](auto& count) { return count.increment(me); });
  /// ```
  /// Where it calls several, it returns their deltas joined.
  /// @tparam Checked compares, in O(size of what lies there), and ends the program where it changed more than it
  /// returned; as `NDEBUG` says
  template <bool Checked = detail::checks_deltas, class F>
  constexpr mutation<add_wins_map> update(K key, F const& f) {
    static_assert(
        std::is_same_v<std::invoke_result_t<F const&, inner&>, mutation<inner>>,
        "ab::add_wins_map::update: the function changes the value by one of its mutators, and returns what that "
        "gives: `[&](auto& v) { return v.add(me, element); }`");
    if constexpr (Containers::bounded) {
      auto made = map_update<Checked>(std::move(key), f);
      return made;
    } else {
      return this->change([&](whole& self, whole& delta) {
        self.store.edit(key, [&](below& s) {
          lent v(s, self.context);
          auto d = changed<Checked>(v.state, f).parts();
          delta.context = std::move(d.context);
          if (!d.store.empty()) delta.store.edit(key, [&d](below& into) { into = std::move(d.store); });
        });
      });
    }
  }
  template <class Q>
  constexpr mutation<add_wins_map> erase(Q const& key) {
    return this->change([&](whole& self, whole& delta) {
      auto const* const there = self.store.find(key);
      if (there == nullptr) return;
      there->each_dot([&delta](dot d) { delta.context.insert(d); });
      self.store.erase(key);
    });
  }
  constexpr mutation<add_wins_map> clear() {
    return this->change([](whole& self, whole& delta) { base::clear_all(self, delta); });
  }

 private:
  // A value of its own for the time of a call; gives store and context back also where that throws.
  struct lent {
    below& s;
    typename base::context_type& context;
    inner state;

    constexpr lent(below& from, typename base::context_type& seen)
        : s(from), context(seen), state(inner::from_parts({std::move(from), std::move(seen)})) {}
    lent(lent const&) = delete;
    constexpr ~lent() {
      auto back = std::move(state).parts();
      s = std::move(back.store);
      context = std::move(back.context);
    }
  };

  template <bool Checked, class F>
  static constexpr mutation<inner> changed(inner& state, F const& f) {
    if constexpr (Checked) {
      auto const before = state;
      auto made = f(state);
      if constexpr (!Containers::bounded)
        detail::require_whole_delta(before, made, state);
      else if (made)
        detail::require_whole_delta(before, *made, state);
      return made;
    } else {
      return f(state);
    }
  }

  template <bool Checked, class F>
  constexpr result<add_wins_map> map_update(K key, F const& f) {
    error failed;
    bool refused = false;
    auto made = this->change([&](whole& self, whole& delta) {
      self.store.edit(key, [&](below& s) {
        lent v(s, self.context);
        auto d = changed<Checked>(v.state, f);
        if (!d) {
          failed = d.error();
          refused = true;
          return;
        }
        auto parts = std::move(*d).parts();
        delta.context = std::move(parts.context);
        if (!parts.store.empty()) delta.store.edit(key, [&parts](below& into) { into = std::move(parts.store); });
      });
    });
    if (refused) return failed;
    return made;
  }
};

}  // namespace ab
