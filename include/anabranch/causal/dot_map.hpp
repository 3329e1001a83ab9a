/// @file
/// `ab::dot_map`: a store of a store for each key.
#pragma once

#include "anabranch/causal/detail/dot_index.hpp"
#include "anabranch/causal/dot.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/container/encoding.hpp"
#include "anabranch/container/flat_map.hpp"
#include "anabranch/container/hash.hpp"
#include "anabranch/container/merge.hpp"

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
  using position = std::uint32_t;
  static constexpr bool hashed = !map::ordered;
  static constexpr bool indexed = hashed && S::leaf;
  static constexpr std::size_t few = 16;  // so many that walking over them is as quick as an index

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
  constexpr void clear() {
    entries_.clear();
    drop_index();
  }

  /// Calls `f(S&)` with the store of `key`, an empty one where there is none; drops it where it is empty afterwards.
  template <class F>
  constexpr void edit(K key, F const& f) {
    if constexpr (hashed) {
      auto const before = size();
      auto const i = entries_.place(std::move(key));
      if constexpr (indexed) {
        if (i == before && !index_.active()) {  // new, and nothing is kept of it elsewhere
          tidied const tidy{*this, i};
          f(entries_.at(i).value);
          return;
        }
      }
      edit_at(i, f);
    } else {
      auto const p = entries_.get_or_insert(key);
      if (p.value == nullptr) return;
      swept const sweep{entries_, key, *p.value};
      f(*p.value);
    }
  }
  /// Puts what `value` makes, which isn't empty, where nothing is: what deltas begin with.
  template <class... Value>
  constexpr void put_first(K key, Value const&... value) {
    if constexpr (hashed)
      entries_.insert_new(std::move(key), value...);
    else
      edit(std::move(key), [&](S& s) { s = S(value...); });
  }
  /// Puts what `value` makes, which isn't empty, after `replaced(S const&)` where something is there.
  template <class F, class... Value>
  constexpr void put(K key, F const& replaced, Value const&... value) {
    auto const replace = [&](S& s) {
      if (!s.empty()) replaced(std::as_const(s));
      s = S(value...);
    };
    if constexpr (hashed) {
      auto const before = size();
      auto const i = entries_.place(std::move(key), value...);
      if (i != before) {
        edit_at(i, replace);
      } else if constexpr (indexed) {
        if (!index_.active()) return;
        unindexed guard{&index_};
        index_.add(entries_, i);
        guard.index = nullptr;
      }
    } else {
      edit(std::move(key), replace);
    }
  }
  template <class Q>
  constexpr bool erase(Q const& key) {
    if constexpr (indexed) {
      auto const i = entries_.position(key);
      if (i == map::none) return false;
      edit_at(i, [](S& s) { s = S(); });
      return true;
    } else {
      return entries_.erase(key);
    }
  }

  template <class F>
  constexpr void each_dot(F const& f) const {
    for (auto const& e : entries_) e.value.each_dot(f);
  }
  /// O(n).
  constexpr bool contains(dot d) const noexcept {
    for (auto const& e : entries_)
      if (e.value.contains(d)) return true;
    return false;
  }

  template <class Context>
  constexpr bool join(dot_map const& o, Context const& mine, Context const& theirs) {
    if (size() > few && o.size() * 8 < size() && theirs.count() < size() / 8) return join_small(o, mine, theirs);
    drop_index();
    if constexpr (hashed)
      return join_hashed(o, mine, theirs);
    else
      return join_ordered(o, mine, theirs);
  }
  /// Drops what is in `theirs`.
  template <class Context>
  constexpr bool remove(Context const& theirs) {
    drop_index();
    bool changed = false, emptied = false;
    for (auto& e : entries_) {
      changed |= e.value.remove(theirs);
      emptied |= e.value.empty();
    }
    if (emptied) drop_empty();
    return changed;
  }
  template <class Context>
  constexpr bool leq(dot_map const& o, Context const& mine) const {
    for (auto const& e : o.entries_) {
      auto const* const here = entries_.find(e.key);
      if (here != nullptr ? !here->leq(e.value, mine) : !S().leq(e.value, mine)) return false;
    }
    return true;
  }
  template <class Context>
  constexpr void difference(dot_map const& o, Context const& theirs, dot_map& d) const {
    for (auto const& e : entries_) {
      auto const* const there = o.entries_.find(e.key);
      S part;
      if (there != nullptr)
        e.value.difference(*there, theirs, part);
      else
        e.value.difference(S(), theirs, part);
      if (!part.empty()) d.edit(e.key, [&part](S& s) { s = std::move(part); });
    }
  }
  /// Calls `f(dot)` for what is alive in `o`, was seen here and is gone.
  template <class Context, class F>
  constexpr void removed(dot_map const& o, Context const& mine, F const& f) const {
    for (auto const& e : o.entries_) {
      auto const* const here = entries_.find(e.key);
      if (here != nullptr)
        here->removed(e.value, mine, f);
      else
        S().removed(e.value, mine, f);
    }
  }
  /// Calls `f(dot, part)` with each irreducible part, and the dot that it needs.
  template <class F>
  constexpr void decompose(F const& f) const {
    for (auto const& e : entries_) {
      e.value.decompose([&](dot d, S const& part) {
        dot_map alone;
        alone.edit(e.key, [&part](S& s) { s = part; });
        f(d, alone);
      });
    }
  }

  constexpr bool well_formed() const noexcept {
    for (auto const& e : entries_)
      if (e.value.empty() || !e.value.well_formed()) return false;
    return true;
  }
  friend constexpr bool operator==(dot_map const& a, dot_map const& b) { return a.entries_ == b.entries_; }
  static constexpr auto fields() { return ab::fields(&dot_map::entries_); }

 private:
  constexpr void drop_index() noexcept {
    if constexpr (indexed) index_.drop();
  }
  constexpr void drop_empty() {
    entries_.erase_if([](auto const& e) { return e.value.empty(); });
  }

  // Where a callback throws, there is no index.
  struct unindexed {
    detail::dot_index<map>* index;
    constexpr ~unindexed() {
      if (index != nullptr) index->drop();
    }
  };

  // What is empty in the end isn't kept, also where a callback throws.
  struct tidied {
    dot_map& whole;
    position i;
    constexpr ~tidied() {
      if (!whole.entries_.at(i).value.empty()) return;
      if constexpr (indexed) whole.index_.move_last(whole.entries_, i);
      whole.entries_.erase_at(i);
    }
  };
  struct swept {
    map& all;
    K const& key;
    S const& value;
    constexpr ~swept() {
      if (value.empty()) all.erase(key);
    }
  };

  // In an array, at a position.
  template <class F>
  constexpr void edit_at(position i, F const& f) {
    if constexpr (indexed) {
      index_.remove(entries_, i);
      unindexed guard{&index_};
      tidied const tidy{*this, i};
      f(entries_.at(i).value);
      index_.add(entries_, i);
      guard.index = nullptr;
    } else {
      tidied const tidy{*this, i};
      f(entries_.at(i).value);
    }
  }

  template <class Context>
  constexpr bool join_key(entry const& e, Context const& mine, Context const& theirs) {
    if (auto const* const here = entries_.find(e.key)) {
      if (*here == e.value) return false;
      bool changed = false;
      edit(e.key, [&](S& s) { changed = s.join(e.value, mine, theirs); });
      return changed;
    }
    return adopt(e, mine, theirs);
  }
  template <class Context>
  constexpr bool adopt(entry const& e, Context const& mine, Context const& theirs) {
    S fresh;
    if (!fresh.join(e.value, mine, theirs)) return false;
    edit(e.key, [&fresh](S& s) { s = std::move(fresh); });
    return true;
  }

  // `o` is small, and so is `theirs`.
  template <class Context>
  constexpr bool join_small(dot_map const& o, Context const& mine, Context const& theirs) {
    bool changed = false, walk = false;
    theirs.each_dot([&](dot d) {
      // Of what was alive here, all that `o` doesn't have under the same key goes.
      if (walk || !mine.contains(d) || looked_after(o, d)) return;
      if constexpr (indexed) {
        auto const i = index_.find(entries_, d);
        if (i == map::none || o.entries_.contains(entries_.at(i).key)) return;
        edit_at(i, [&](S& s) { s.remove(theirs); });
        changed = true;
      } else {
        walk = true;
      }
    });
    if (walk) {
      bool emptied = false;
      for (auto& e : entries_) {
        if (o.entries_.contains(e.key)) continue;
        changed |= e.value.remove(theirs);
        emptied |= e.value.empty();
      }
      if (emptied) drop_empty();
    }
    for (auto const& e : o.entries_) changed |= join_key(e, mine, theirs);
    return changed;
  }
  // Whether `d` is alive under one of the few keys that are joined anyway.
  constexpr bool looked_after(dot_map const& o, dot d) const noexcept {
    if (o.size() > 4) return false;
    for (auto const& e : o.entries_) {
      auto const* const here = entries_.find(e.key);
      if (here != nullptr && here->contains(d)) return true;
    }
    return false;
  }

  // Each key is looked up once; a bit says which of mine were met.
  template <class Context>
  constexpr bool join_hashed(dot_map const& o, Context const& mine, Context const& theirs) {
    bool changed = false;
    auto const before = size();
    typename Containers::template sequence<std::uint64_t> met;
    for (std::size_t i = 0; i < before; i += 64) met.push_back(0);
    if (o.size() > before) entries_.reserve(o.size());
    for (auto const& e : o.entries_) {
      auto const i = entries_.position(e.key);
      if (i != map::none) {
        if (i < before) met[i / 64] |= std::uint64_t{1} << (i % 64);
        auto& here = entries_.at(i).value;
        if (!(here == e.value)) changed |= here.join(e.value, mine, theirs);
      } else {
        S fresh;
        if (!fresh.join(e.value, mine, theirs)) continue;
        entries_.at(entries_.place(e.key)).value = std::move(fresh);
        changed = true;
      }
    }
    bool emptied = false;
    for (std::size_t i = 0; i < before; ++i) {
      auto& s = entries_.at(static_cast<position>(i)).value;
      if ((met[i / 64] >> (i % 64) & 1U) == 0) changed |= s.remove(theirs);
      emptied |= s.empty();
    }
    if (emptied) drop_empty();
    return changed;
  }

  // Both in the order of keys.
  template <class Context>
  constexpr bool join_ordered(dot_map const& o, Context const& mine, Context const& theirs) {
    bool changed = false, emptied = false;
    std::size_t common = 0;
    auto at = o.entries_.begin();
    auto const end = o.entries_.end();
    for (auto& e : entries_) {
      while (at != end && at->key < e.key) ++at;
      if (at != end && !(e.key < at->key)) {
        ++common;
        if (!(e.value == at->value)) changed |= e.value.join(at->value, mine, theirs);
      } else {
        changed |= e.value.remove(theirs);
      }
      emptied |= e.value.empty();
    }
    if (common < o.size()) {
      if constexpr (requires { entries_.entries(); } && !bounded) {
        changed |= merge_in(o, mine, theirs);
      } else {
        if (emptied) drop_empty();
        emptied = false;
        for (auto const& e : o.entries_)
          if (!entries_.contains(e.key)) changed |= adopt(e, mine, theirs);
      }
    }
    if (emptied) drop_empty();
    return changed;
  }
  // What only `o` has, in one pass over two sorted arrays.
  template <class Context>
  constexpr bool merge_in(dot_map const& o, Context const& mine, Context const& theirs) {
    map fresh_ones;
    auto& added = fresh_ones.entries();
    auto here = entries_.begin();
    auto const end = entries_.end();
    for (auto const& e : o.entries_) {
      while (here != end && here->key < e.key) ++here;
      if (here != end && !(e.key < here->key)) continue;
      S fresh;
      if (fresh.join(e.value, mine, theirs)) added.push_back(entry{e.key, std::move(fresh)});
    }
    if (added.empty()) return false;
    detail::merge_missing(entries_.entries(), added, added.size());
    return true;
  }

  map entries_{};
  [[no_unique_address]] std::conditional_t<indexed, detail::dot_index<map>, detail::no_index> index_{};
};

}  // namespace ab
