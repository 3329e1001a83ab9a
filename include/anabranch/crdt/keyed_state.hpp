/// @file
/// `ab::keyed_state`: a map of small lattices, as a lattice.
#pragma once

#include "anabranch/codec/fields.hpp"
#include "anabranch/container/encoding.hpp"
#include "anabranch/container/hash.hpp"
#include "anabranch/container/merge.hpp"
#include "anabranch/crdt/mutation.hpp"

#include <utility>

namespace ab {

/// The base of sets and maps that keep something for every key they ever had. A `Value` is a chain: it has
/// `bool raise(Value const&)`, which makes it the greater of both and says whether it changed, and `bool leq(Value const&)`.
template <class Derived, class K, class Value, class Containers>
class keyed_state {
 protected:
  using map = typename Containers::template map<K, Value>;

 public:
  static constexpr bool bounded = Containers::bounded;
  static constexpr bool requires_causal_delivery = false;

  constexpr bool is_bottom() const noexcept { return entries_.empty(); }
  constexpr void reserve(std::size_t n) { entries_.reserve(n); }

  constexpr bool join(Derived const& other) {
    keyed_state const& o = other;
    if (entries_.empty() && !o.entries_.empty()) {
      entries_ = o.entries_;
      return true;
    }
    return merge_map(entries_, o.entries_, [](Value& a, Value const& b) { return a.raise(b); });
  }
  constexpr bool overflowed() const noexcept { return entries_.overflowed(); }
  constexpr bool leq(Derived const& other) const {
    keyed_state const& o = other;
    if (entries_.size() > o.entries_.size()) return false;
    for (auto const& e : entries_) {
      auto const* const there = o.entries_.find(e.key);
      if (there == nullptr || !e.value.leq(*there)) return false;
    }
    return true;
  }
  constexpr Derived difference(Derived const& other) const {
    keyed_state const& o = other;
    Derived d;
    for (auto const& e : entries_) {
      auto const* const there = o.entries_.find(e.key);
      if (there == nullptr || !e.value.leq(*there)) static_cast<keyed_state&>(d).put(e.key, e.value);
    }
    return d;
  }
  template <class F>
  constexpr void decompose(F f) const {
    for (auto const& e : entries_) {
      Derived alone;
      static_cast<keyed_state&>(alone).put(e.key, e.value);
      f(std::as_const(alone));
    }
  }
  friend constexpr bool operator==(keyed_state const& a, keyed_state const& b) { return a.entries_ == b.entries_; }
  static constexpr auto fields() { return ab::fields<Derived>(&Derived::entries_); }

 protected:
  // Raises the value of `key`; what changed anything is the delta.
  constexpr auto raise(K key, Value value) {
    return detail::mutate(static_cast<Derived&>(*this), [&](Derived& self, Derived& delta) {
      auto const p = static_cast<keyed_state&>(self).entries_.get_or_insert(key);
      if (p.value == nullptr) return;
      if (p.inserted) {
        *p.value = value;
      } else if (!p.value->raise(value)) {
        return;
      }
      static_cast<keyed_state&>(delta).put(std::move(key), std::move(value));
    });
  }
  constexpr void put(K key, Value value) {
    auto const p = entries_.get_or_insert(std::move(key));
    if (p.value != nullptr) *p.value = std::move(value);
  }

  map entries_{};
};

}  // namespace ab
