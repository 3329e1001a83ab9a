/// @file
/// `ab::merge_map`: one map takes in another.
#pragma once

#include "anabranch/container/flat_map.hpp"

#include <cstddef>
#include <utility>

namespace ab {

namespace detail {

// Puts the entries of `added`, none of whose keys is in `all`, among them. Where it throws, nothing has changed.
template <class Sequence>
constexpr void merge_moving(Sequence& all, Sequence& added) {
  Sequence out;
  out.reserve(all.size() + added.size());
  auto here = all.begin();
  auto const end = all.end();
  for (auto& e : added) {
    for (; here != end && here->key < e.key; ++here) out.push_back(std::move(*here));
    out.push_back(std::move(e));
  }
  for (; here != end; ++here) out.push_back(std::move(*here));
  all = std::move(out);
}

}  // namespace detail

/// Puts the entries of `b` into `a`; where both have a key, calls `join(value of a, value of b)`, which says whether the
/// former changed. O(n + m), or O(m log n) where `b` is much smaller.
/// @return whether `a` changed
template <class Map, class Join>
constexpr bool merge_map(Map& a, Map const& b, Join const& join) {
  if (b.empty()) return false;
  bool changed = false;
  if constexpr (requires { a.entries(); } && !Map::bounded) {
    if (b.size() * 8 > a.size()) {
      // All that may throw is done before anything is moved.
      Map fresh;
      auto& added = fresh.entries();
      auto here = a.begin();
      auto const end = a.end();
      for (auto const& e : b) {
        while (here != end && here->key < e.key) ++here;
        if (here != end && !(e.key < here->key))
          changed |= join(here->value, e.value);
        else
          added.push_back(e);
      }
      if (added.empty()) return changed;
      detail::merge_moving(a.entries(), added);
      return true;
    }
  }
  if (b.size() > a.size()) a.reserve(b.size());
  for (auto const& e : b) {
    auto const p = a.get_or_insert(e.key);
    if (p.value == nullptr) continue;  // a fixed one that is full, which it says
    if (p.inserted) {
      *p.value = e.value;
      changed = true;
    } else {
      changed |= join(*p.value, e.value);
    }
  }
  return changed;
}

}  // namespace ab
