/// @file
/// `ab::several_counts`: some numbers for each replica, as one lattice.
#pragma once

#include "anabranch/causal/replica.hpp"
#include "anabranch/causal/replica_counts.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/codec/types/array.hpp"
#include "anabranch/crdt/mutation.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace ab {

/// The base of counters that are made of `N` numbers for each replica, each joined by maximum.
template <class Derived, class Containers, std::size_t N>
class several_counts {
 public:
  static constexpr bool bounded = Containers::bounded;
  static constexpr bool requires_causal_delivery = false;

  constexpr several_counts() = default;
  // One by one: GCC 12 loses track of what an array's elements own where it copies the array in a constant expression.
  constexpr several_counts(several_counts const& o) { *this = o; }
  constexpr several_counts(several_counts&& o) noexcept { *this = std::move(o); }
  constexpr several_counts& operator=(several_counts const& o) {
    for (std::size_t i = 0; i < N; ++i) counts_[i] = o.counts_[i];
    return *this;
  }
  constexpr several_counts& operator=(several_counts&& o) noexcept {
    for (std::size_t i = 0; i < N; ++i) counts_[i] = std::move(o.counts_[i]);
    return *this;
  }
  constexpr ~several_counts() = default;

  constexpr bool is_bottom() const noexcept {
    for (auto const& c : counts_)
      if (!c.empty()) return false;
    return true;
  }
  /// Whether `o` has a greater number for `id`.
  constexpr bool lacks_of(replica_id id, Derived const& other) const noexcept {
    several_counts const& o = other;
    for (std::size_t i = 0; i < N; ++i)
      if (o.counts_[i].at(id) > counts_[i].at(id)) return true;
    return false;
  }

  constexpr bool join(Derived const& other) {
    several_counts const& o = other;
    bool grew = false;
    for (std::size_t i = 0; i < N; ++i) grew |= counts_[i].join(o.counts_[i]);
    return grew;
  }
  constexpr bool overflowed() const noexcept {
    for (auto const& c : counts_)
      if (c.overflowed()) return true;
    return false;
  }
  constexpr bool leq(Derived const& other) const noexcept {
    several_counts const& o = other;
    for (std::size_t i = 0; i < N; ++i)
      if (!counts_[i].leq(o.counts_[i])) return false;
    return true;
  }
  constexpr Derived difference(Derived const& other) const {
    several_counts const& o = other;
    Derived d;
    for (std::size_t i = 0; i < N; ++i)
      static_cast<several_counts&>(d).counts_[i] = counts_[i].difference(o.counts_[i]);
    return d;
  }
  template <class F>
  constexpr void decompose(F f) const {
    for (std::size_t i = 0; i < N; ++i) {
      counts_[i].decompose([&](auto const& part) {
        Derived alone;
        static_cast<several_counts&>(alone).counts_[i] = part;
        f(std::as_const(alone));
      });
    }
  }
  friend constexpr bool operator==(several_counts const& a, several_counts const& b) { return a.counts_ == b.counts_; }
  static constexpr auto fields() { return ab::fields<Derived>(&Derived::counts_); }

 protected:
  // Adds to the `i`-th number of `r`.
  constexpr auto raise(std::size_t i, replica const& r, std::uint64_t by) {
    return detail::mutate(static_cast<Derived&>(*this), [&](Derived& self, Derived& delta) {
      if (by == 0) return;
      auto* const mine = static_cast<several_counts&>(self).counts_[i].of(r.id());
      if (mine == nullptr) return;
      *mine += detail::step_from(*mine, by);
      static_cast<several_counts&>(delta).counts_[i].put_first(r.id(), *mine);
    });
  }

  std::array<replica_counts<Containers>, N> counts_{};
};

}  // namespace ab
