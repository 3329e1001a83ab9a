// Hashed sets and maps, which have no order: encoded in the order of their keys' encodings, and read only so.
#pragma once

#include "anabranch/codec/detail/ordered.hpp"
#include "anabranch/core/bytes.hpp"

#include <cstddef>
#include <cstring>
#include <utility>
#include <vector>

namespace ab::detail::canonical {

inline bool bytes_less(bytes_view a, bytes_view b) noexcept {
  auto const common = a.size() < b.size() ? a.size() : b.size();
  auto const order = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
  return order != 0 ? order < 0 : a.size() < b.size();
}

// Heapsort: in place, never worse than n log n, and without <algorithm>, which would be half of a header's budget.
template <class T, class Less>
void sort(std::vector<T>& v, Less less) {
  auto const sift = [&](std::size_t root, std::size_t end) {
    for (std::size_t child = 2 * root + 1; child < end; root = child, child = 2 * root + 1) {
      if (child + 1 < end && less(v[child], v[child + 1])) ++child;
      if (!less(v[root], v[child])) return;
      std::swap(v[root], v[child]);
    }
  };
  for (std::size_t i = v.size() / 2; i > 0; --i) sift(i - 1, v.size());
  for (std::size_t end = v.size(); end > 1; --end) {
    std::swap(v[0], v[end - 1]);
    sift(0, end - 1);
  }
}

template <class Container>
struct hashed : variable {
  using key = typename Container::key_type;
  using element = typename Container::value_type;
  static constexpr fault why = stateless<typename Container::hasher> && stateless<typename Container::key_equal>
                                   ? fault::none
                                   : fault::comparator;

  struct entry {
    bytes_view key;
    element const* whole;
  };

  static key const& key_of(element const& e) {
    if constexpr (requires { typename Container::mapped_type; })
      return e.first;
    else
      return e;
  }

  // `put_rest(element, out)` writes what follows the key.
  template <class PutRest>
  static std::byte* put_sorted(Container const& c, std::byte* out, PutRest put_rest) {
    std::size_t total = 0;
    meter m;
    for (element const& e : c) total += size_of(key_of(e), m);
    bytes keys(total);
    std::vector<entry> entries;
    entries.reserve(c.size());
    std::byte* at = keys.data();
    for (element const& e : c) {
      auto* const end = canonical::put(key_of(e), at);
      entries.push_back({{at, end}, &e});
      at = end;
    }
    sort(entries, [](entry const& a, entry const& b) { return bytes_less(a.key, b.key); });
    out = put_length(c.size(), out);
    for (entry const& e : entries) out = put_rest(*e.whole, copy_bytes(e.key.data(), e.key.size(), out));
    return out;
  }

  // `take_rest(key)` reads what follows the key and adds the whole; false where that failed or an equal one is there.
  template <class TakeRest>
  static bool take_sorted(reader& r, std::size_t n, TakeRest take_rest) {
    bytes_view before;
    for (std::size_t i = 0; i < n; ++i) {
      auto const* const start = r.at;
      slot<key> k;
      if (!take_checked<key>(r, k)) return false;
      bytes_view const now(start, r.at);
      if (i > 0 && !bytes_less(before, now)) return r.fail_at(start, trouble::order);
      before = now;
      if (!take_rest(k.take(), start)) return false;
    }
    return true;
  }
};

}  // namespace ab::detail::canonical
