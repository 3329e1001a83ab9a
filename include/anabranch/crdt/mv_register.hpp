/// @file
/// `ab::mv_register`: a value, or the several that were written at the same time.
#pragma once

#include "anabranch/causal/dot_fun.hpp"
#include "anabranch/crdt/causal_state.hpp"
#include "anabranch/crdt/reads.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

template <class Self>
struct mv_register_reads : reading<Self> {
  /// How many values there are: 0 before the first write, more than one where writes didn't know of each other.
  constexpr std::size_t size() const noexcept { return this->held().size(); }
  constexpr bool empty() const noexcept { return this->held().empty(); }
  constexpr bool conflict() const noexcept { return size() > 1; }
  /// One of them, the same on every replica; null where there is none.
  constexpr auto const* first() const noexcept {
    auto const at = this->held().begin();
    return size() == 0 ? nullptr : &at->value;
  }
  /// Calls `f(value)` for each, in an order that is the same on every replica.
  template <class F>
  constexpr void each(F f) const {
    for (auto const& e : this->held()) f(e.value);
  }
};

}  // namespace detail

/// A value that is overwritten by those who saw it. Writes that didn't see each other are all kept, until the next.
template <class T, class Containers = hash_containers>
class mv_register : public causal_state<mv_register<T, Containers>, dot_fun<T, Containers>, Containers>,
                    public detail::mv_register_reads<mv_register<T, Containers>> {
  using base = causal_state<mv_register, dot_fun<T, Containers>, Containers>;
  using whole = typename base::parts_type;

 public:
  using value_type = T;
  template <class Self>
  using reads = detail::mv_register_reads<Self>;
  static constexpr std::string_view merge_name = "mv_register/1";

  constexpr mutation<mv_register> set(replica const& r, T value) {
    return this->change([&](whole& self, whole& delta) {
      base::take_all(self.store, delta);
      auto const d = base::mint(r, self, delta);
      delta.store.insert(d, value);
      self.store.insert(d, std::move(value));
    });
  }
  constexpr mutation<mv_register> clear() {
    return this->change([](whole& self, whole& delta) { base::take_all(self.store, delta); });
  }
};

}  // namespace ab
