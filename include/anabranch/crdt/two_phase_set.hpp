/// @file
/// `ab::two_phase_set`: a set whose elements come once and go once.
#pragma once

#include "anabranch/crdt/keyed_state.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

struct came_or_went {
  bool went = false;
  constexpr bool raise(came_or_went o) noexcept {
    if (went || !o.went) return false;
    return went = true;
  }
  constexpr bool leq(came_or_went o) const noexcept { return !went || o.went; }
  friend constexpr bool operator==(came_or_went, came_or_went) = default;
};

}  // namespace detail

/// A set whose elements, once removed, never come back: for identifiers that aren't used again. What was removed is
/// remembered; an `ab::add_wins_set` doesn't need to.
template <class T, class Containers = hash_containers>
class two_phase_set : public keyed_state<two_phase_set<T, Containers>, T, detail::came_or_went, Containers> {
  using base = keyed_state<two_phase_set, T, detail::came_or_went, Containers>;
  friend base;

 public:
  using value_type = T;
  static constexpr std::string_view merge_name = "two_phase_set/1";

  /// Nothing where it was removed before.
  constexpr mutation<two_phase_set> add(T element) { return this->raise(std::move(element), {false}); }
  /// Nothing where it isn't there.
  constexpr mutation<two_phase_set> remove(T element) {
    if (!contains(element)) return two_phase_set();
    return this->raise(std::move(element), {true});
  }
  template <class Q>
  constexpr bool contains(Q const& element) const noexcept {
    auto const* const there = this->entries_.find(element);
    return there != nullptr && !there->went;
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
      if (!e.value.went) f(e.key);
  }
};

}  // namespace ab
