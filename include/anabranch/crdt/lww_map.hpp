/// @file
/// `ab::lww_map`: a map where the last write counts.
#pragma once

#include "anabranch/clock/timestamp.hpp"
#include "anabranch/crdt/keyed_state.hpp"
#include "anabranch/lattice/value_order.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

// An erased one has the least value, so that equal ones have one form.
template <class V, class Stamp>
struct last_write {
  Stamp at{};
  V value{};
  bool there = false;
  constexpr bool leq(last_write const& o) const {
    if (ab::value_less(at, o.at)) return true;
    if (ab::value_less(o.at, at)) return false;
    if (there != o.there) return o.there;
    return !ab::value_less(o.value, value);
  }
  constexpr bool raise(last_write const& o) {
    if (o.leq(*this)) return false;
    *this = o;
    return true;
  }
  friend constexpr bool operator==(last_write const& a, last_write const& b) {
    return ab::value_equal(a.at, b.at) && a.there == b.there && ab::value_equal(a.value, b.value);
  }
};

}  // namespace detail

/// A map in which for each key the write with the latest stamp counts; of equal stamps a value counts more than an erasure,
/// and a greater value more than a smaller one. Remembers that a key was erased.
/// @tparam V ordered, see `ab::value_less`: floating-point numbers with NaN, too
template <class K, class V, class Stamp = timestamp, class Containers = hash_containers>
class lww_map : public keyed_state<lww_map<K, V, Stamp, Containers>, K, detail::last_write<V, Stamp>, Containers> {
  using base = keyed_state<lww_map, K, detail::last_write<V, Stamp>, Containers>;
  friend base;

 public:
  using key_type = K;
  using mapped_type = V;
  static constexpr std::string_view merge_name = "lww_map/1";

  constexpr mutation<lww_map> set(Stamp at, K key, V value) {
    static_assert(ordered_values<V>,
                  "ab::lww_map: of two writes with the same stamp the greater value counts, so that all agree: give "
                  "the values' type a `<` that orders all of them, and where floating-point numbers are in it, which "
                  "may be NaN, by std::strong_order");
    return this->raise(std::move(key), {std::move(at), std::move(value), true});
  }
  constexpr mutation<lww_map> erase(Stamp at, K key) {
    return this->raise(std::move(key), {std::move(at), V(), false});
  }
  /// Null where there is none.
  template <class Q>
  constexpr V const* find(Q const& key) const noexcept {
    auto const* const there = this->entries_.find(key);
    return there == nullptr || !there->there ? nullptr : &there->value;
  }
  template <class Q>
  constexpr bool contains(Q const& key) const noexcept {
    return find(key) != nullptr;
  }
  /// O(n): erased keys are remembered.
  constexpr std::size_t size() const noexcept {
    std::size_t n = 0;
    each([&n](auto const&, auto const&) { ++n; });
    return n;
  }
  constexpr bool empty() const noexcept { return size() == 0; }
  /// Calls `f(key, value)` for each, in the containers' order.
  template <class F>
  constexpr void each(F f) const {
    for (auto const& e : this->entries_)
      if (e.value.there) f(e.key, e.value.value);
  }
};

}  // namespace ab
