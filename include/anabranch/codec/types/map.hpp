/// @file
/// Stores `std::map`: a length, then each key and its value in increasing order of the keys.
#pragma once

#include "anabranch/codec/detail/ordered.hpp"

#include <map>

namespace ab::detail::canonical {

template <class K, class V, class Compare, class Allocator>
  requires std::is_default_constructible_v<Allocator>
struct format<std::map<K, V, Compare, Allocator>> : ordered<std::map<K, V, Compare, Allocator>> {
  using map = std::map<K, V, Compare, Allocator>;
  using parts = list<K, V>;
  static constexpr tag kind = tag::map;

  static std::size_t size(map const& m, meter& sum) { return size_of_pairs<K, V>(m, sum); }
  static std::byte* put(map const& m, std::byte* out) {
    out = put_length(m.size(), out);
    for (auto const& [k, v] : m) out = canonical::put(v, canonical::put(k, out));
    return out;
  }
  template <class Place>
  static bool take(reader& r, Place&& place) {
    std::size_t n = 0;
    if (!take_length<format<K>::least + format<V>::least>(r, n)) return false;
    map& m = place();
    for (std::size_t i = 0; i < n; ++i) {
      auto const start = r.at;
      slot<K> k;
      slot<V> v;
      if (!take_checked<K>(r, k)) return false;
      if (!format::last_of(m, k.get())) return r.fail_at(start, trouble::order);
      if (!take_checked<V>(r, v)) return false;
      m.emplace_hint(m.end(), k.take(), v.take());
    }
    return true;
  }
};

}  // namespace ab::detail::canonical
