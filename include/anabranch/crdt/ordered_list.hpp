/// @file
/// `ab::ordered_list`: a list, by dense positions.
#pragma once

#include "anabranch/causal/dot_fun.hpp"
#include "anabranch/causal/dot_map.hpp"
#include "anabranch/container/flat_map.hpp"
#include "anabranch/container/set_of.hpp"
#include "anabranch/crdt/causal_state.hpp"
#include "anabranch/crdt/list_position.hpp"
#include "anabranch/crdt/reads.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

// The same memory, in order.
template <class Containers>
struct in_order_of {
  static constexpr bool bounded = Containers::bounded;
  template <class T>
  using sequence = typename Containers::template sequence<T>;
  template <class K, class V>
  using map = flat_map<K, V, sequence<map_entry<K, V>>>;
  template <class T>
  using set = set_of<map<T, no_value>>;
};

template <class Self>
struct ordered_list_reads : reading<Self> {
  constexpr std::size_t size() const noexcept { return this->held().size(); }
  constexpr bool empty() const noexcept { return this->held().empty(); }
  /// The `i`-th, where there is one.
  constexpr auto const& operator[](std::size_t i) const noexcept {
    auto at = this->held().begin();
    at += static_cast<std::ptrdiff_t>(i);
    return at->value.begin()->value;
  }
  /// Calls `f(value)` for each in order.
  template <class F>
  constexpr void each(F f) const {
    for (auto const& e : this->held()) f(e.value.begin()->value);
  }
};

}  // namespace detail

/// A list into which all insert and from which all erase. An element lies at a position between those of its neighbours when
/// it came, so nobody's insertion moves another's; runs that were typed at the same place at the same time may interleave.
/// For short lists: an insertion costs O(n), an element some 100 bytes. Texts want a sequence made for them.
template <class T, class Containers = hash_containers>
class ordered_list
    : public causal_state<ordered_list<T, Containers>,
                          dot_map<list_position<Containers>, dot_fun<T, Containers>, detail::in_order_of<Containers>>,
                          Containers>,
      public detail::ordered_list_reads<ordered_list<T, Containers>> {
  using position = list_position<Containers>;
  using values = dot_fun<T, Containers>;
  using base = causal_state<ordered_list, dot_map<position, values, detail::in_order_of<Containers>>, Containers>;
  using whole = typename base::parts_type;

 public:
  using value_type = T;
  template <class Self>
  using reads = detail::ordered_list_reads<Self>;
  static constexpr std::string_view merge_name = "ordered_list/1";

  /// Before the `i`-th; at the end where there are fewer.
  constexpr mutation<ordered_list> insert(replica const& r, std::size_t i, T value) {
    auto const n = this->size();
    if (i > n) i = n;
    auto const at = this->parts_.store.begin();
    auto const where = static_cast<std::ptrdiff_t>(i);
    auto p = position::between(i == 0 ? nullptr : &(at + (where - 1))->key, i == n ? nullptr : &(at + where)->key,
                               this->parts_.context.next(r.id()));
    if constexpr (Containers::bounded) {
      if (p.overflowed()) return detail::no_room;
    }
    return this->change([&](whole& self, whole& delta) {
      auto const d = base::mint(r, self, delta);
      delta.store.edit(p, [&](values& v) { v.insert(d, value); });
      self.store.edit(std::move(p), [&](values& v) { v.insert(d, std::move(value)); });
    });
  }
  constexpr mutation<ordered_list> push_back(replica const& r, T value) {
    return insert(r, this->size(), std::move(value));
  }
  /// Nothing where there are fewer.
  constexpr mutation<ordered_list> erase(std::size_t i) {
    return this->change([&](whole& self, whole& delta) {
      if (i >= self.store.size()) return;
      auto const at = self.store.begin() + static_cast<std::ptrdiff_t>(i);
      at->value.each_dot([&delta](dot d) { delta.context.insert(d); });
      self.store.erase(position(at->key));
    });
  }
};

}  // namespace ab
