/// @file
/// `ab::dot_map`: a store of a store for each key.
#pragma once

#include "anabranch/causal/detail/dot_index.hpp"
#include "anabranch/causal/dot.hpp"
#include "anabranch/container/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ab {

/// Dot stores by key; an empty one is as good as none, and isn't kept. A dot store.
///
/// Joining what is small into what is large costs O(m log n), and O(m) expected over `hash_containers`, which index dots by
/// key as soon as a removal from elsewhere asks where a dot lives. Over the ordered containers, and where stores lie within
/// stores, such a removal walks over all keys.
/// @tparam S the dot store behind a key
template <class K, class S, class Containers = hash_containers>
class dot_map {
  using map = typename Containers::template map<K, S>;
  using entry = typename map::entry;
  static constexpr bool hashed = !map::ordered;
  static constexpr bool indexed = hashed && S::leaf;

 public:
  using containers = Containers;
  using key_type = K;
  using mapped_type = S;
  static constexpr bool bounded = Containers::bounded;
  static constexpr bool leaf = false;

  constexpr bool empty() const noexcept { return entries_.empty(); }
  constexpr std::size_t size() const noexcept { return entries_.size(); }
  constexpr bool overflowed() const noexcept {
    if constexpr (bounded) {
      if (entries_.overflowed()) return true;
      for (auto const& e : entries_)
        if (e.value.overflowed()) return true;
    }
    return false;
  }
  template <class Q>
  constexpr S const* find(Q const& key) const noexcept {
    return entries_.find(key);
  }
  template <class Q>
  constexpr bool contains_key(Q const& key) const noexcept {
    return entries_.contains(key);
  }
  constexpr auto begin() const noexcept { return entries_.begin(); }
  constexpr auto end() const noexcept { return entries_.end(); }
  constexpr void reserve(std::size_t n) { entries_.reserve(n); }

  template <class F>
  constexpr void each_dot(F const& f) const {
    for (auto const& e : entries_) e.value.each_dot(f);
  }

  /// Calls `f(S&)` with the store of `key`, an empty one where there is none; drops it where it is empty afterwards.
  template <class F>
  constexpr void edit(K key, F const& f) {
    if constexpr (indexed) {
      auto const size_before = size();
      auto const p = entries_.get_or_insert(std::move(key));
      auto const at = static_cast<std::uint32_t>(
          p.inserted ? size_before : static_cast<std::size_t>(reinterpret_entry(p.value)));
      edit_at(at, f);
    } else {
      if (auto* const there = entries_.find(key)) {
        f(*there);
        if (there->empty()) entries_.erase(key);
        return;
      }
      S fresh;
      f(fresh);
      if (fresh.empty()) return;
      auto const p = entries_.get_or_insert(std::move(key));
      if (p.value != nullptr) *p.value = std::move(fresh);
    }
  }
  template <class Q>
  constexpr bool erase(Q const& key) {
    if constexpr (indexed) {
      auto const at = entries_.position(key);
      if (at == map::none) return false;
      edit_at(at, [](S& s) { s = S(); });
      return true;
    } else {
      return entries_.erase(key);
    }
  }

 private:
  map entries_{};
};

}  // namespace ab
