// How sets and maps are stored: in ascending order of their keys, or of the keys' encodings where they have no `<`, whichever
// containers hold them.
#pragma once

#include "anabranch/codec/detail/ordered.hpp"
#include "anabranch/codec/encode.hpp"
#include "anabranch/core/detail/sort.hpp"

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::detail::lattices {

template <class K>
concept has_less = requires(K const& a, K const& b) {
  { a < b } -> std::same_as<bool>;
};

constexpr bool bytes_before(bytes const& a, bytes const& b) noexcept {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    if (a[i] != b[i]) return a[i] < b[i];
  return a.size() < b.size();
}

template <class Entry>
struct by_key {
  Entry const* entry;
  friend constexpr bool operator<(by_key const& a, by_key const& b) { return a.entry->key < b.entry->key; }
};
template <class Entry>
struct by_encoding {
  Entry const* entry;
  bytes key;
  friend constexpr bool operator<(by_encoding const& a, by_encoding const& b) { return bytes_before(a.key, b.key); }
};

// Calls `f(entry)` in the order of the encoding.
template <class Map, class F>
constexpr void in_order(Map const& map, F f) {
  using entry = std::remove_cvref_t<decltype(*map.begin())>;
  if constexpr (Map::ordered) {
    for (entry const& e : map) f(e);
  } else if constexpr (has_less<typename Map::key_type>) {
    std::vector<by_key<entry>> all;
    all.reserve(map.size());
    for (entry const& e : map) all.push_back({&e});
    ab::detail::sort(all);
    for (auto const& e : all) f(*e.entry);
  } else {
    std::vector<by_encoding<entry>> all;
    all.reserve(map.size());
    for (entry const& e : map) all.push_back({&e, encode(e.key)});
    ab::detail::sort(all);
    for (auto const& e : all) f(*e.entry);
  }
}

// `Whole` has `keyed()`, the map behind it. `V` is void for a set.
template <class Whole, class K, class V>
struct keyed_format : canonical::variable {
  static constexpr bool compound = true;
  static constexpr bool is_map = !std::is_void_v<V>;
  using parts = std::conditional_t<is_map, canonical::list<K, V>, canonical::list<K>>;
  static constexpr canonical::tag kind = is_map        ? canonical::tag::map
                                         : has_less<K> ? canonical::tag::set
                                                       : canonical::tag::hashed_set;
  static constexpr std::uint64_t number = is_map && !has_less<K> ? 3 : 0;

  static constexpr std::size_t size(Whole const& whole, canonical::meter& sum) {
    auto const& map = whole.keyed();
    sum.count(map.size());
    if constexpr (least_entry() == 0) sum.count_weightless(map.size());
    std::size_t n = canonical::length_size;
    for (auto const& e : map) {
      n += canonical::size_of(e.key, sum);
      if constexpr (is_map) n += canonical::size_of(e.value, sum);
    }
    return n;
  }
  static constexpr std::byte* put(Whole const& whole, std::byte* out) {
    out = canonical::put_length(whole.keyed().size(), out);
    in_order(whole.keyed(), [&](auto const& e) {
      out = canonical::put(e.key, out);
      if constexpr (is_map) out = canonical::put(e.value, out);
    });
    return out;
  }
  template <class Place>
  static constexpr bool take(canonical::reader& r, Place&& place) {
    std::size_t n = 0;
    if (!canonical::take_length<least_entry()>(r, n)) return false;
    Whole& whole = place();
    auto& map = whole.keyed();
    bytes_view before;
    K const* last = nullptr;
    K last_key{};
    for (std::size_t i = 0; i < n; ++i) {
      auto const* const start = r.at;
      canonical::slot<K> key;
      if (!canonical::take_checked<K>(r, key)) return false;
      if constexpr (has_less<K>) {
        if (last != nullptr && !(*last < key.get())) return r.fail_at(start, canonical::trouble::order);
        last_key = key.get();
        last = &last_key;
      } else {
        bytes_view const now(start, r.at);
        if (i > 0 && !canonical_less(before, now)) return r.fail_at(start, canonical::trouble::order);
        before = now;
      }
      auto const at = map.get_or_insert(key.take());
      if (at.value == nullptr)
        return refuse(r, start, "there are more elements than a container of fixed capacity takes",
                      "take a larger one");
      if (!at.inserted) return r.fail_at(start, canonical::trouble::order);
      if constexpr (is_map) {
        auto const* const value_start = r.at;
        canonical::slot<V> value;
        if (!canonical::take_checked<V>(r, value)) return false;
        if (Whole::is_nothing(value.get()))
          return refuse(r, value_start, "a key of a map lattice has the least value",
                        "take the bytes from another replica: no value is stored like that");
        *at.value = value.take();
      }
    }
    return true;
  }

 private:
  static constexpr std::size_t least_entry() {
    if constexpr (is_map)
      return canonical::format<K>::least + canonical::format<V>::least;
    else
      return canonical::format<K>::least;
  }
  static constexpr bool canonical_less(bytes_view a, bytes_view b) noexcept {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
      if (a[i] != b[i]) return a[i] < b[i];
    return a.size() < b.size();
  }
  static constexpr bool refuse(canonical::reader& r, std::byte const* where, std::string_view what,
                               std::string_view advice) {
    r.failed.said = what;
    r.failed.advised = advice;
    return r.fail_at(where, canonical::trouble::rejected);
  }
};

}  // namespace ab::detail::lattices
