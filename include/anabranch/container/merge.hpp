/// @file
/// `ab::merge_map`: one map takes in another.
#pragma once

#include "anabranch/container/detail/seeker.hpp"
#include "anabranch/core/detail/construct.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

// A sorted array that grows.
template <class Map>
concept flat = !Map::bounded && requires(Map& m) {
  m.entries().push_back(std::move(m.entries()[0]));
  requires std::is_nothrow_default_constructible_v<std::remove_cvref_t<decltype(m.entries()[0])>>;
};

// Takes from `theirs` the `missing` entries whose keys aren't in `mine`. From behind, so that only what lies after the first
// of them moves. Where it throws, nothing has changed.
template <class Entries, class From>
constexpr void merge_missing(Entries& mine, From& theirs, std::size_t missing) {
  std::size_t from = mine.size(), to = from + missing;
  if (to > mine.capacity()) mine.reserve(to + to / 2);
  for (std::size_t i = 0; i < missing; ++i) mine.emplace_back();
  auto* const all = mine.data();
  auto* const others = theirs.data();
  for (std::size_t next = theirs.size(); to > from;) {
    auto& candidate = others[next - 1];
    if (from > 0 && !(all[from - 1].key < candidate.key)) {
      if (!(candidate.key < all[from - 1].key)) --next;
      all[--to] = std::move(all[--from]);
    } else {
      all[--to] = std::move(candidate);
      --next;
    }
  }
}

// The same for entries that are copied by their bytes, in one walk over both, into a new array as soon as a key is missing.
template <class Entries, class Join>
constexpr bool merge_anew(Entries& mine, Entries const& theirs, Join const& join) {
  bool changed = false;
  auto* here = mine.data();
  auto* const last = here + mine.size();
  auto const* at = theirs.data();
  auto const* const end = at + theirs.size();
  for (; at != end; ++at, ++here) {
    while (here != last && here->key < at->key) ++here;
    if (here == last || at->key < here->key) break;
    changed |= join(here->value, at->value);
  }
  if (at == end) return changed;
  Entries all;
  all.append(mine.size() + static_cast<std::size_t>(end - at), [=, begin = mine.data()](auto* out) mutable {
    for (auto const* e = begin; e != here; ++e) construct(out++, *e);
    while (here != last && at != end) {
      if (here->key < at->key) {
        construct(out++, *here++);
      } else if (at->key < here->key) {
        construct(out++, *at++);
      } else {
        join(here->value, (at++)->value);
        construct(out++, *here++);
      }
    }
    for (; here != last; ++here) construct(out++, *here);
    for (; at != end; ++at) construct(out++, *at);
    return out;
  });
  if (all.capacity() > all.size() + all.size() / 2) all.shrink_to_fit();
  mine = std::move(all);
  return true;
}

}  // namespace detail

/// Puts the entries of `b` into `a`; where both have a key, calls `join(value of a, value of b)`, which says whether the
/// former changed. O(n + m), or O(m log n) where `b` is much smaller; sorted arrays also move what lies after the first
/// new key. Where it throws, `a` has what was joined until then.
/// @param b moved from, unless it is const
/// @return whether `a` changed
template <class Map, class From, class Join>
constexpr bool merge_map(Map& a, From& b, Join const& join) {
  constexpr bool moves = !std::is_const_v<From>;
  bool changed = false;
  if constexpr (detail::flat<Map>) {
    using entry = typename Map::entry;
    constexpr bool by_bytes = std::is_trivially_copyable_v<entry>;
    if constexpr (by_bytes)
      if (b.size() > 2 && b.size() * 8 > a.size())
        return detail::merge_anew(a.entries(), std::as_const(b).entries(), join);
    if (b.size() > 2) {
      Map fresh;  // all that may throw is done before anything is moved
      std::size_t missing = 0;
      detail::seeker<Map> in(a, b.size());
      for (auto& e : b) {
        if (auto* const found = in.find(e.key)) {
          changed |= join(*found, e.value);
        } else {
          ++missing;
          if constexpr (!moves && !by_bytes) fresh.entries().push_back(e);
        }
      }
      if (missing == 0) return changed;
      if constexpr (moves || by_bytes)
        detail::merge_missing(a.entries(), b.entries(), missing);
      else
        detail::merge_missing(a.entries(), fresh.entries(), missing);
      return true;
    }
  } else {
    if (b.size() > a.size()) a.reserve(b.size());
  }
  for (auto& e : b) {
    if constexpr (!std::is_trivially_copyable_v<typename Map::key_type>) {  // not to copy a key that is there
      if (auto* const found = a.find(e.key)) {
        changed |= join(*found, e.value);
        continue;
      }
    }
    auto const p = a.get_or_insert(e.key);
    if (p.value == nullptr) continue;  // a fixed one that is full, which it says
    if (!p.inserted) {
      changed |= join(*p.value, e.value);
    } else {
      changed = true;
      if constexpr (moves)
        *p.value = std::move(e.value);
      else
        *p.value = e.value;
    }
  }
  return changed;
}

}  // namespace ab
