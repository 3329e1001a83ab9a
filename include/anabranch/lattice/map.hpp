/// @file
/// `ab::lattice::map`: a lattice for each key, joined key by key.
#pragma once

#include "anabranch/container/hash.hpp"
#include "anabranch/container/merge.hpp"
#include "anabranch/lattice/detail/keyed.hpp"
#include "anabranch/lattice/detail/keyed_format.hpp"
#include "anabranch/lattice/detail/overflow.hpp"
#include "anabranch/lattice/merge_parts.hpp"
#include "anabranch/lattice/operations.hpp"

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace ab {

namespace lattice {

/// Keys to values of a lattice. A key that isn't there has the least value, and one that has the least value isn't there;
/// where the two shall differ, take `map<K, option<V>>`.
/// @tparam K a regular value
/// @tparam V any lattice
/// @tparam Containers a container policy, which says what it asks of `K`; replicas may differ in it
template <class K, class V, class Containers = hash_containers>
class map {
 public:
  using key_type = K;
  using mapped_type = V;
  using container = typename Containers::template map<K, V>;
  using merge_parts = ab::lattice::merge_parts<V>;
  static constexpr std::string_view merge_name = "map";

  constexpr map() = default;
  constexpr map(std::initializer_list<std::pair<K, V>> all) {
    for (auto const& [k, v] : all) join_at(k, v);
  }

  /// Joins with the map of this one key. @return whether it grew
  constexpr bool join_at(K key, V value) {
    static_assert(require_join_semilattice<V>());
    if (ab::is_bottom(value)) return false;
    auto const at = all_.get_or_insert(std::move(key));
    if (at.value == nullptr) return false;
    if (at.inserted) {
      *at.value = std::move(value);
      return true;
    }
    return ab::join(*at.value, std::move(value));
  }
  /// Null where the key has the least value.
  template <class Q>
  constexpr V const* find(Q const& key) const {
    return all_.find(key);
  }
  template <class Q>
  constexpr bool contains(Q const& key) const {
    return all_.contains(key);
  }
  constexpr std::size_t size() const noexcept { return all_.size(); }
  constexpr bool empty() const noexcept { return all_.empty(); }
  /// Entries have `key` and `value`.
  constexpr auto begin() const noexcept { return all_.begin(); }
  constexpr auto end() const noexcept { return all_.end(); }
  constexpr void reserve(std::size_t n) { all_.reserve(n); }
  /// Whether containers of fixed capacity were too small, also within the values, so that something is missing.
  constexpr bool overflowed() const {
    if (all_.overflowed()) return true;
    if constexpr (may_overflow)
      for (auto const& e : all_)
        if (ab::detail::lattices::overflowed(e.value)) return true;
    return false;
  }

  constexpr bool join(map const& other) {
    static_assert(require_join_semilattice<V>());
    return merge_map(all_, other.all_, [](V& a, V const& b) { return ab::join(a, b); });
  }
  constexpr bool join(map&& other) {
    static_assert(require_join_semilattice<V>());
    if (empty() && !all_.overflowed()) {
      *this = std::move(other);
      return !empty();
    }
    return merge_map(all_, other.all_, [](V& a, V& b) { return ab::join(a, std::move(b)); });
  }
  constexpr bool leq(map const& other) const {
    return ab::detail::lattices::all_in(all_, other.all_, [](V const& a, V const& b) { return ab::leq(a, b); });
  }
  constexpr bool is_bottom() const noexcept { return empty(); }
  constexpr map difference(map const& other) const {
    map d;
    ab::detail::seeker in(other.keyed(), size());
    for (auto const& e : all_) {
      auto const* const theirs = in.find(e.key);
      d.join_at(e.key, theirs == nullptr ? e.value : ab::difference(e.value, *theirs));
    }
    return d;
  }
  template <class F>
  constexpr void decompose(F f) const {
    for (auto const& e : all_) {
      ab::decompose(e.value, [&](V const& part) {
        map alone;
        *alone.all_.get_or_insert(e.key).value = part;
        f(alone);
      });
    }
  }
  friend constexpr bool operator==(map const& a, map const& b) {
    if (a.size() != b.size()) return false;
    return ab::detail::lattices::all_in(a.all_, b.all_, [](V const& x, V const& y) { return ab::same(x, y); });
  }

  /// The map behind it, for codecs.
  constexpr auto& keyed() noexcept { return all_; }
  constexpr auto const& keyed() const noexcept { return all_; }
  static constexpr bool is_nothing(V const& value) { return ab::is_bottom(value); }

 private:
  static constexpr bool may_overflow =
      ab::detail::lattices::tells_overflow<V> || ab::detail::lattices::is_struct_of_lattices<V>();

  container all_{};
};

}  // namespace lattice

namespace detail::canonical {

template <class K, class V, class Containers>
struct format<lattice::map<K, V, Containers>> : lattices::keyed_format<lattice::map<K, V, Containers>, K, V> {};

}  // namespace detail::canonical

}  // namespace ab
