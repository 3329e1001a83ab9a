/// @file
/// Stores `std::set`: a length and the elements in increasing order.
#pragma once

#include "anabranch/codec/detail/ordered.hpp"

#include <set>

namespace ab::detail::canonical {

template <class K, class Compare, class Allocator>
  requires std::is_default_constructible_v<Allocator>
struct format<std::set<K, Compare, Allocator>> : ordered<std::set<K, Compare, Allocator>> {
  using set = std::set<K, Compare, Allocator>;
  using parts = list<K>;
  static constexpr tag kind = tag::set;

  static std::size_t size(set const& s, meter& m) { return size_of_elements(s, m); }
  static std::byte* put(set const& s, std::byte* out) {
    out = put_length(s.size(), out);
    for (K const& k : s) out = canonical::put(k, out);
    return out;
  }
  template <class Place>
  static bool take(reader& r, Place&& place) {
    std::size_t n = 0;
    if (!take_length<format<K>::least>(r, n)) return false;
    set& s = place();
    for (std::size_t i = 0; i < n; ++i) {
      auto const start = r.at;
      slot<K> k;
      if (!canonical::take<K>(r, k)) return false;
      if (!format::last_of(s, k.get())) return r.fail_at(start, trouble::order);
      s.emplace_hint(s.end(), k.take());
    }
    return true;
  }
};

}  // namespace ab::detail::canonical
