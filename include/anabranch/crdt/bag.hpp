/// @file
/// `ab::bag`: a set with counts.
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
struct bag_reads : reading<Self> {
  /// How often it is there.
  template <class Q>
  constexpr std::size_t count(Q const& element) const noexcept {
    auto const* const there = this->held().find(element);
    return there == nullptr ? 0 : there->size();
  }
  template <class Q>
  constexpr bool contains(Q const& element) const noexcept {
    return count(element) != 0;
  }
  /// All in all. O(n).
  constexpr std::size_t size() const noexcept {
    std::size_t n = 0;
    for (auto const& e : this->held()) n += e.value.size();
    return n;
  }
  constexpr bool empty() const noexcept { return this->held().empty(); }
  /// Calls `f(element, count)` for each.
  template <class F>
  constexpr void each(F f) const {
    for (auto const& e : this->held()) f(e.key, e.value.size());
  }
};

}  // namespace detail

/// A multiset: every add is one more, and a removal takes away one that its replica had seen. Two that remove the same one
/// at the same time remove one.
template <class T, class Containers = hash_containers>
class bag : public causal_state<bag<T, Containers>, dot_map<T, dot_set<Containers>, Containers>, Containers>,
            public detail::bag_reads<bag<T, Containers>> {
  using dots = dot_set<Containers>;
  using base = causal_state<bag, dot_map<T, dots, Containers>, Containers>;
  using whole = typename base::parts_type;

 public:
  using value_type = T;
  template <class Self>
  using reads = detail::bag_reads<Self>;
  static constexpr std::string_view merge_name = "bag/1";

  constexpr mutation<bag> add(replica const& r, T element) {
    return this->change([&](whole& self, whole& delta) {
      auto const d = base::mint(r, self, delta);
      delta.store.put_first(element, dots(d));
      self.store.edit(std::move(element), [d](dots& s) { s.insert(d); });
    });
  }
  /// One of them; nothing where there is none.
  constexpr mutation<bag> remove(T element) {
    return this->change([&](whole& self, whole& delta) {
      if (!self.store.contains_key(element)) return;
      self.store.edit(std::move(element), [&delta](dots& s) {
        auto const d = s[0];
        delta.context.insert(d);
        s.erase(d);
      });
    });
  }
  constexpr mutation<bag> remove_all(T element) {
    return this->change([&](whole& self, whole& delta) {
      if (!self.store.contains_key(element)) return;
      self.store.edit(std::move(element), [&delta](dots& s) { base::take_all(s, delta); });
    });
  }
};

}  // namespace ab
