/// @file
/// `ab::g_set`: a set that only grows.
#pragma once

#include "anabranch/crdt/keyed_state.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

struct is_there {
  static constexpr bool raise(is_there) noexcept { return false; }
  static constexpr bool leq(is_there) noexcept { return true; }
  friend constexpr bool operator==(is_there, is_there) = default;
};

}  // namespace detail

/// A set to which one adds, and from which nobody removes.
template <class T, class Containers = hash_containers>
class g_set : public keyed_state<g_set<T, Containers>, T, detail::is_there, Containers> {
  using base = keyed_state<g_set, T, detail::is_there, Containers>;
  friend base;

 public:
  using value_type = T;
  static constexpr std::string_view merge_name = "g_set/1";

  constexpr mutation<g_set> add(T element) { return this->raise(std::move(element), {}); }
  template <class Q>
  constexpr bool contains(Q const& element) const noexcept {
    return this->entries_.contains(element);
  }
  constexpr std::size_t size() const noexcept { return this->entries_.size(); }
  constexpr bool empty() const noexcept { return this->entries_.empty(); }
  template <class F>
  constexpr void each(F f) const {
    for (auto const& e : this->entries_) f(e.key);
  }
};

}  // namespace ab
