/// @file
/// Stores the containers of the policies. Whatever the policy is, equal maps have equal bytes: a length, then the entries in
/// ascending order of their keys, as with `std::map`.
#pragma once

#include "anabranch/codec/detail/ordered.hpp"
#include "anabranch/container/detail/comparable.hpp"
#include "anabranch/container/fixed_sequence.hpp"
#include "anabranch/container/flat_map.hpp"
#include "anabranch/container/hash_map.hpp"
#include "anabranch/container/node_map.hpp"
#include "anabranch/container/sequence.hpp"
#include "anabranch/container/set_of.hpp"
#include "anabranch/core/detail/sort.hpp"

#include <cstddef>
#include <type_traits>
#include <vector>

namespace ab::detail::canonical {

template <class Entry>
struct entry_before {
  Entry const* at;
  friend constexpr bool operator<(entry_before a, entry_before b) { return a.at->key < b.at->key; }
};

// Calls `f` with each entry in ascending order.
template <class Map, class F>
constexpr void in_order(Map const& m, F const& f) {
  if constexpr (Map::ordered) {
    for (auto const& e : m) f(e);
  } else {
    static_assert(has_order<typename Map::key_type>,
                  "a map is encoded in ascending order of its keys, so that equal ones have equal bytes: give this key "
                  "`<`, such as `auto operator<=>(T const&) const = default;`");
    std::vector<entry_before<typename Map::entry>> all;
    all.reserve(m.size());
    for (auto const& e : m) all.push_back({&e});
    detail::sort(all);
    for (auto const& e : all) f(*e.at);
  }
}

template <class Map>
struct policy_map : variable {
  using K = typename Map::key_type;
  using V = typename Map::mapped_type;
  static constexpr bool plain_set = std::is_same_v<V, no_value>;
  using parts = std::conditional_t<plain_set, list<K>, list<K, V>>;
  static constexpr tag kind = plain_set ? tag::set : tag::map;
  static constexpr bool compound = true;

  static constexpr std::size_t size(Map const& m, meter& sum) { return size_of_pairs<K, V>(m, sum); }
  static constexpr std::byte* put(Map const& m, std::byte* out) {
    out = put_length(m.size(), out);
    in_order(m, [&out](auto const& e) { out = canonical::put(e.value, canonical::put(e.key, out)); });
    return out;
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    std::size_t n = 0;
    if (!take_length<format<K>::least + format<V>::least>(r, n)) return false;
    Map& m = place();
    if (!m.fits(n)) return r.fail(trouble::length);
    m.reserve(n);
    K before{};
    for (std::size_t i = 0; i < n; ++i) {
      auto const start = r.at;
      slot<K> k;
      slot<V> v;
      if (!take_checked<K>(r, k)) return false;
      if (i > 0 && !(before < k.get())) return r.fail_at(start, trouble::order);
      before = k.get();
      if (!take_checked<V>(r, v)) return false;
      *m.get_or_insert(k.take()).value = v.take();
    }
    return true;
  }
};

template <class K, class V, class S>
struct format<flat_map<K, V, S>> : policy_map<flat_map<K, V, S>> {};
template <class K, class V, class A>
struct format<hash_map<K, V, A>> : policy_map<hash_map<K, V, A>> {};
template <class K, class V, class A>
struct format<node_map<K, V, A>> : policy_map<node_map<K, V, A>> {};

template <class Map>
struct format<set_of<Map>> : policy_map<Map> {
  static constexpr std::size_t size(set_of<Map> const& s, meter& m) { return policy_map<Map>::size(s.map(), m); }
  static constexpr std::byte* put(set_of<Map> const& s, std::byte* out) { return policy_map<Map>::put(s.map(), out); }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    return policy_map<Map>::take(r, [&]() -> Map& { return place().map(); });
  }
};

template <class S>
struct policy_sequence : variable {
  using element = typename S::value_type;
  using parts = list<element>;
  static constexpr tag kind = tag::sequence;
  static constexpr bool compound = true;

  static constexpr std::size_t size(S const& c, meter& m) { return size_of_elements(c, m); }
  static constexpr std::byte* put(S const& c, std::byte* out) {
    return put_elements(c.data(), c.size(), put_length(c.size(), out));
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    std::size_t n = 0;
    if (!take_length<format<element>::least>(r, n)) return false;
    S& c = place();
    if (!c.fits(n)) return r.fail(trouble::length);
    c.reserve(n);
    return take_times<element>(r, n, [&c](reader& each, std::size_t) {
      slot<element> v;
      if (!canonical::take<element>(each, v)) return false;
      c.push_back(v.take());
      return true;
    });
  }
};

template <class T, class A>
struct format<ab::sequence<T, A>> : policy_sequence<ab::sequence<T, A>> {};
template <class T, std::size_t N>
struct format<fixed_sequence<T, N>> : policy_sequence<fixed_sequence<T, N>> {};

}  // namespace ab::detail::canonical
