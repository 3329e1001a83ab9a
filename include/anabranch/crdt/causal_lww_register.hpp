/// @file
/// `ab::causal_lww_register`: a value, of which the last write counts, that lies in a map.
#pragma once

#include "anabranch/causal/dot_fun.hpp"
#include "anabranch/crdt/causal_state.hpp"
#include "anabranch/crdt/lww_register.hpp"
#include "anabranch/crdt/reads.hpp"
#include "anabranch/lattice/value_order.hpp"

#include <string_view>
#include <utility>

namespace ab {

namespace detail {

template <class Self, class T, class Stamp>
struct causal_lww_reads : reading<Self> {
  constexpr bool has_value() const noexcept { return !this->held().empty(); }
  /// `T{}` where there is none.
  constexpr T value() const {
    stamped<T, Stamp> const* last = nullptr;
    for (auto const& e : this->held())
      if (last == nullptr || *last < e.value) last = &e.value;
    return last == nullptr ? T() : last->value;
  }
};

}  // namespace detail

/// What an `ab::lww_register` becomes within an `ab::add_wins_map`: erasing its key takes away the writes that were seen, and
/// no others.
template <class T, class Stamp = timestamp, class Containers = hash_containers>
class causal_lww_register : public causal_state<causal_lww_register<T, Stamp, Containers>,
                                                dot_fun<stamped<T, Stamp>, Containers>, Containers>,
                            public detail::causal_lww_reads<causal_lww_register<T, Stamp, Containers>, T, Stamp> {
  using base = causal_state<causal_lww_register, dot_fun<stamped<T, Stamp>, Containers>, Containers>;
  using whole = typename base::parts_type;

 public:
  using value_type = T;
  template <class Self>
  using reads = detail::causal_lww_reads<Self, T, Stamp>;
  static constexpr std::string_view merge_name = "causal_lww_register/1";

  /// Nothing, and an empty delta, where a later one was written.
  constexpr mutation<causal_lww_register> set(replica const& r, Stamp at, T value) {
    static_assert(ordered_values<T>,
                  "ab::lww_register: of two writes with the same stamp the greater value counts, so that all agree: "
                  "give this type a `<` that orders all its values, and where floating-point numbers are in it, which "
                  "may be NaN, by std::strong_order");
    return this->change([&](whole& self, whole& delta) {
      stamped<T, Stamp> write{std::move(at), std::move(value)};
      for (auto const& e : self.store)
        if (!(e.value < write)) return;
      base::take_all(self.store, delta);
      auto const d = base::mint(r, self, delta);
      delta.store.insert(d, write);
      self.store.insert(d, std::move(write));
    });
  }
};

}  // namespace ab
