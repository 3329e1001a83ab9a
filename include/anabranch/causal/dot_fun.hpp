/// @file
/// `ab::dot_fun`: a store of a value for each dot.
#pragma once

#include "anabranch/causal/dot.hpp"
#include "anabranch/causal/payload.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/container/encoding.hpp"
#include "anabranch/container/entry.hpp"
#include "anabranch/container/flat_map.hpp"
#include "anabranch/container/hash.hpp"

#include <cstddef>
#include <utility>

namespace ab {

/// Values that are alive, each behind the dot that it was written under, in ascending order of dots. A dot store.
template <class V, class Containers = hash_containers>
class dot_fun {
  using map = flat_map<dot, V, typename Containers::template sequence<map_entry<dot, V>>>;

 public:
  using containers = Containers;
  static constexpr bool bounded = Containers::bounded;
  static constexpr bool leaf = true;

  constexpr bool empty() const noexcept { return values_.empty(); }
  constexpr std::size_t size() const noexcept { return values_.size(); }
  constexpr bool overflowed() const noexcept { return values_.overflowed(); }
  constexpr bool contains(dot d) const noexcept { return values_.contains(d); }
  constexpr V const* find(dot d) const noexcept { return values_.find(d); }
  constexpr void insert(dot d, V v) {
    auto const p = values_.get_or_insert(d);
    if (p.value != nullptr) *p.value = std::move(v);
  }
  constexpr bool erase(dot d) { return values_.erase(d); }
  constexpr void clear() { values_.clear(); }
  /// Entries: `key` is the dot, `value` the value.
  constexpr auto begin() const noexcept { return values_.begin(); }
  constexpr auto end() const noexcept { return values_.end(); }

  template <class F>
  constexpr void each_dot(F const& f) const {
    for (auto const& e : values_) f(dot(e.key));
  }

  template <class Context>
  constexpr bool join(dot_fun const& o, Context const& mine, Context const& theirs) {
    bool changed = values_.erase_if([&](auto& e) { return !o.contains(e.key) && theirs.contains(e.key); }) != 0;
    for (auto const& e : o.values_) {
      if (auto* const here = values_.find(e.key)) {
        changed |= join_payload(*here, e.value);
      } else if (!mine.contains(e.key)) {
        insert(e.key, e.value);
        changed = true;
      }
    }
    return changed;
  }
  template <class Context>
  constexpr bool remove(Context const& theirs) {
    return values_.erase_if([&](auto& e) { return theirs.contains(e.key); }) != 0;
  }
  template <class Context>
  constexpr bool leq(dot_fun const& o, Context const& mine) const {
    for (auto const& e : o.values_) {
      auto const* const here = values_.find(e.key);
      if (here == nullptr ? mine.contains(e.key) : !payload_leq(*here, e.value)) return false;
    }
    return true;
  }
  template <class Context>
  constexpr void difference(dot_fun const& o, Context const& theirs, dot_fun& d) const {
    for (auto const& e : values_) {
      if (!theirs.contains(e.key)) {
        d.insert(e.key, e.value);
      } else if (auto const* const there = o.find(e.key)) {
        if (payload_leq(e.value, *there)) continue;
        if constexpr (join_semilattice<V>)
          d.insert(e.key, ab::difference(e.value, *there));
        else
          d.insert(e.key, e.value);
      }
    }
  }
  /// Calls `f(dot)` for what is alive in `o`, was seen here and is gone.
  template <class Context, class F>
  constexpr void removed(dot_fun const& o, Context const& mine, F const& f) const {
    for (auto const& e : o.values_)
      if (mine.contains(e.key) && !contains(e.key)) f(dot(e.key));
  }
  template <class F>
  constexpr void decompose(F const& f) const {
    for (auto const& e : values_) {
      if constexpr (join_semilattice<V>) {
        if (ab::is_bottom(e.value)) {
          dot_fun alone;
          alone.insert(e.key, e.value);
          f(dot(e.key), alone);
        } else {
          ab::decompose(e.value, [&](V const& part) {
            dot_fun alone;
            alone.insert(e.key, part);
            f(dot(e.key), alone);
          });
        }
      } else {
        dot_fun alone;
        alone.insert(e.key, e.value);
        f(dot(e.key), alone);
      }
    }
  }

  /// What may come from elsewhere has nothing empty in it.
  static constexpr bool well_formed() noexcept { return true; }
  friend constexpr bool operator==(dot_fun const& a, dot_fun const& b) {
    if (a.size() != b.size()) return false;
    auto there = b.begin();
    for (auto const& e : a) {
      if (!(e.key == there->key) || !ab::value_equal(e.value, there->value)) return false;
      ++there;
    }
    return true;
  }
  static constexpr auto fields() { return ab::fields(&dot_fun::values_); }

 private:
  map values_{};
};

}  // namespace ab
