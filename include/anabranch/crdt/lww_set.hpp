/// @file
/// `ab::lww_set`: a set where the last word counts.
#pragma once

#include "anabranch/clock/timestamp.hpp"
#include "anabranch/crdt/keyed_state.hpp"
#include "anabranch/lattice/value_order.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

template <class Stamp>
struct last_word {
  Stamp at{};
  bool there = false;
  constexpr bool leq(last_word const& o) const {
    if (ab::value_less(at, o.at)) return true;
    return !ab::value_less(o.at, at) && there <= o.there;
  }
  constexpr bool raise(last_word const& o) {
    if (o.leq(*this)) return false;
    *this = o;
    return true;
  }
  friend constexpr bool operator==(last_word const& a, last_word const& b) {
    return ab::value_equal(a.at, b.at) && a.there == b.there;
  }
};

}  // namespace detail

/// A set in which for each element the add or removal with the latest stamp counts, and of equal stamps the add. Remembers
/// what was removed.
template <class T, class Stamp = timestamp, class Containers = hash_containers>
class lww_set : public keyed_state<lww_set<T, Stamp, Containers>, T, detail::last_word<Stamp>, Containers> {
  using base = keyed_state<lww_set, T, detail::last_word<Stamp>, Containers>;
  friend base;

 public:
  using value_type = T;
  static constexpr std::string_view merge_name = "lww_set/1";

  constexpr mutation<lww_set> add(Stamp at, T element) {
    return this->raise(std::move(element), {std::move(at), true});
  }
  constexpr mutation<lww_set> remove(Stamp at, T element) {
    return this->raise(std::move(element), {std::move(at), false});
  }
  template <class Q>
  constexpr bool contains(Q const& element) const noexcept {
    auto const* const there = this->entries_.find(element);
    return there != nullptr && there->there;
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
    for (auto const& e : this->entries_)
      if (e.value.there) f(e.key);
  }
};

}  // namespace ab
