/// @file
/// Stores `std::unordered_set`: a length and the elements, in the order of their encodings.
#pragma once

#include "anabranch/codec/detail/hashed.hpp"

#include <unordered_set>

namespace ab::detail::canonical {

template <class K, class Hash, class Equal, class Allocator>
  requires std::is_default_constructible_v<Allocator>
struct format<std::unordered_set<K, Hash, Equal, Allocator>> : hashed<std::unordered_set<K, Hash, Equal, Allocator>> {
  using set = std::unordered_set<K, Hash, Equal, Allocator>;
  using parts = list<K>;
  static constexpr tag kind = tag::hashed_set;

  static std::size_t size(set const& s, meter& m) { return size_of_elements(s, m); }
  static std::byte* put(set const& s, std::byte* out) {
    return format::put_sorted(s, out, [](K const&, std::byte* end) { return end; });
  }
  template <class Place>
  static bool take(reader& r, Place&& place) {
    std::size_t n = 0;
    if (!take_length<format<K>::least>(r, n)) return false;
    set& s = place();
    s.reserve(n);
    return format::take_sorted(r, n, [&](K&& k, std::byte const* start) {
      return s.insert(std::move(k)).second || r.fail_at(start, trouble::order);
    });
  }
};

}  // namespace ab::detail::canonical
