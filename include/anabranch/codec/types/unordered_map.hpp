/// @file
/// Stores `std::unordered_map`: a length, then each key and its value, in the order of the keys' encodings.
#pragma once

#include "anabranch/codec/detail/hashed.hpp"

#include <unordered_map>

namespace ab::detail::canonical {

template <class K, class V, class Hash, class Equal, class Allocator>
  requires std::is_default_constructible_v<Allocator>
struct format<std::unordered_map<K, V, Hash, Equal, Allocator>>
    : hashed<std::unordered_map<K, V, Hash, Equal, Allocator>> {
  using map = std::unordered_map<K, V, Hash, Equal, Allocator>;
  using parts = list<K, V>;
  static constexpr tag kind = tag::hashed_map;

  static std::size_t size(map const& m, meter& sum) { return size_of_pairs<K, V>(m, sum); }
  static std::byte* put(map const& m, std::byte* out) {
    return format::put_sorted(m, out, [](auto const& e, std::byte* end) { return canonical::put(e.second, end); });
  }
  template <class Place>
  static bool take(reader& r, Place&& place) {
    std::size_t n = 0;
    if (!take_length<format<K>::least + format<V>::least>(r, n)) return false;
    map& m = place();
    m.reserve(n);
    return format::take_sorted(r, n, [&](K&& k, std::byte const* start) {
      slot<V> v;
      if (!take_checked<V>(r, v)) return false;
      return m.emplace(std::move(k), v.take()).second || r.fail_at(start, trouble::order);
    });
  }
};

}  // namespace ab::detail::canonical
