/// @file
/// `ab::bounded_counter`: a counter that never falls below 0.
#pragma once

#include "anabranch/causal/replica.hpp"
#include "anabranch/causal/replica_counts.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/container/encoding.hpp"
#include "anabranch/container/hash.hpp"
#include "anabranch/container/merge.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/crdt/mutation.hpp"

#include <compare>
#include <cstdint>
#include <string_view>
#include <utility>

namespace ab {

/// A counter that never falls below 0, whatever others do at the same time: a replica takes away only what it has the right
/// to. Who counts up gets rights; they are given to others by `transfer`.
///
/// Its deltas need causal delivery: one that takes away may otherwise come before what it takes from, and `value` is then
/// too small until that comes.
template <class Containers = hash_containers>
class bounded_counter {
 public:
  static constexpr bool bounded = Containers::bounded;
  static constexpr bool requires_causal_delivery = true;
  static constexpr std::string_view merge_name = "bounded_counter/1";

  constexpr mutation<bounded_counter> increment(replica const& r, std::uint64_t by = 1) {
    return detail::mutate(*this, [&](bounded_counter& self, bounded_counter& delta) {
      if (by != 0) self.grant({r.id(), r.id()}, by, delta);
    });
  }
  /// @return the delta; `refused` where `r` hasn't the right to take away that much
  constexpr result<bounded_counter> decrement(replica const& r, std::uint64_t by = 1) {
    if (by > rights(r.id()))
      return too_few.with(static_cast<std::int64_t>(by), static_cast<std::int64_t>(rights(r.id())));
    return detail::mutate(*this, [&](bounded_counter& self, bounded_counter& delta) {
      if (by == 0) return;
      auto* const used = self.used_.of(r.id());
      if (used == nullptr) return;
      *used += by;
      delta.used_.raise(r.id(), *used);
    });
  }
  /// Gives rights of `r` to another replica.
  /// @return the delta; `refused` where it hasn't that many
  constexpr result<bounded_counter> transfer(replica const& r, replica_id to, std::uint64_t by) {
    if (by > rights(r.id()))
      return too_few.with(static_cast<std::int64_t>(by), static_cast<std::int64_t>(rights(r.id())));
    return detail::mutate(*this, [&](bounded_counter& self, bounded_counter& delta) {
      if (by != 0 && !(to == r.id())) self.grant({r.id(), to}, by, delta);
    });
  }
  constexpr std::int64_t value() const noexcept {
    std::uint64_t sum = 0;
    for (auto const& e : grants_)
      if (e.key.from == e.key.to) sum += e.value;
    return static_cast<std::int64_t>(sum - used_.sum());
  }
  /// How much `id` may take away. O(n).
  constexpr std::uint64_t rights(replica_id id) const noexcept {
    std::uint64_t got = 0, gone = used_.at(id);
    for (auto const& e : grants_) {
      if (e.key.to == id)
        got += e.value;
      else if (e.key.from == id)
        gone += e.value;
    }
    return got > gone ? got - gone : 0;
  }
  /// Whether `o` knows of more that `id` counted or gave away.
  constexpr bool lacks_of(replica_id id, bounded_counter const& o) const noexcept {
    if (o.used_.at(id) > used_.at(id)) return true;
    for (auto const& e : o.grants_) {
      if (!(e.key.from == id)) continue;
      auto const* const here = grants_.find(e.key);
      if (here == nullptr || *here < e.value) return true;
    }
    return false;
  }
  constexpr bool is_bottom() const noexcept { return grants_.empty() && used_.empty(); }

  constexpr bool join(bounded_counter const& o) {
    bool const grew = merge_map(grants_, o.grants_, [](std::uint64_t& a, std::uint64_t b) {
      if (b <= a) return false;
      a = b;
      return true;
    });
    return used_.join(o.used_) || grew;
  }
  constexpr bool overflowed() const noexcept { return grants_.overflowed() || used_.overflowed(); }
  constexpr bool leq(bounded_counter const& o) const {
    for (auto const& e : grants_) {
      auto const* const there = o.grants_.find(e.key);
      if (there == nullptr || *there < e.value) return false;
    }
    return used_.leq(o.used_);
  }
  constexpr bounded_counter difference(bounded_counter const& o) const {
    bounded_counter d;
    for (auto const& e : grants_) {
      auto const* const there = o.grants_.find(e.key);
      if (there == nullptr || *there < e.value) *d.grants_.get_or_insert(e.key).value = e.value;
    }
    d.used_ = used_.difference(o.used_);
    return d;
  }
  template <class F>
  constexpr void decompose(F f) const {
    for (auto const& e : grants_) {
      bounded_counter alone;
      *alone.grants_.get_or_insert(e.key).value = e.value;
      f(std::as_const(alone));
    }
    used_.decompose([&f](auto const& part) {
      bounded_counter alone;
      alone.used_ = part;
      f(std::as_const(alone));
    });
  }
  friend constexpr bool operator==(bounded_counter const& a, bounded_counter const& b) {
    return a.grants_ == b.grants_ && a.used_ == b.used_;
  }
  static constexpr auto fields() { return ab::fields(&bounded_counter::grants_, &bounded_counter::used_); }

 private:
  struct grant_key {
    replica_id from{};  // the same as `to`: counted up
    replica_id to{};
    friend constexpr auto operator<=>(grant_key const&, grant_key const&) = default;
    constexpr std::uint64_t hash() const noexcept { return detail::mix_key(from.value * 31 + to.value); }
  };
  static constexpr error too_few{errc::refused, "this replica hasn't the right to take away that much",
                                 "take less, or have another replica transfer rights to this one"};

  constexpr void grant(grant_key key, std::uint64_t by, bounded_counter& delta) {
    auto const p = grants_.get_or_insert(key);
    if (p.value == nullptr) return;
    *p.value += detail::step_from(*p.value, by);
    if (auto const q = delta.grants_.get_or_insert(key); q.value != nullptr) *q.value = *p.value;
  }

  typename Containers::template map<grant_key, std::uint64_t> grants_{};
  replica_counts<Containers> used_{};
};

}  // namespace ab
