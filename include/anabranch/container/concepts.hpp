/// @file
/// What a container policy provides: `ab::container_policy`.
#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace ab {

/// `M` is a map as a container policy provides it. Entries have `key` and `value`; those of an `ordered` one are walked
/// in ascending order of keys; equality doesn't depend on an order.
template <class M>
concept associative_map =
    std::regular<M> && requires(M& m, M const& c, typename M::key_type const& key, std::size_t n) {
      { c.find(key) } -> std::same_as<typename M::mapped_type const*>;
      { m.find(key) } -> std::same_as<typename M::mapped_type*>;
      { c.contains(key) } -> std::same_as<bool>;
      { m.get_or_insert(key).value } -> std::convertible_to<typename M::mapped_type*>;
      { m.get_or_insert(key).inserted } -> std::convertible_to<bool>;
      { m.erase(key) } -> std::same_as<bool>;
      { c.size() } -> std::same_as<std::size_t>;
      { c.empty() } -> std::same_as<bool>;
      { c.overflowed() } -> std::same_as<bool>;
      { c.fits(n) } -> std::same_as<bool>;
      m.reserve(n);
      m.clear();
      c.begin() != c.end();
      requires std::is_same_v<decltype(M::bounded), bool const>;
      requires std::is_same_v<decltype(M::ordered), bool const>;
    };

/// `P` says which containers a state is made of.
///
/// | member of `P` | |
/// |---|---|
/// | `map<K, V>` | an `associative_map` |
/// | `set<T>` | the same for a set: `contains`, `insert`, `erase`, `size`, iteration |
/// | `sequence<T>` | an array: `push_back`, `insert(i, v)`, `erase(i)`, `truncate`, `operator[]` |
/// | `bounded` | whether they are of fixed capacity: then states over them are joined by `ab::try_join` |
///
/// Models: `hash_containers` (the default), `flat_containers`, `node_containers`, `fixed_containers<N>`,
/// `pmr_containers<&resource>`.
template <class P>
concept container_policy = requires {
  requires associative_map<typename P::template map<int, int>>;
  typename P::template set<int>;
  typename P::template sequence<int>;
  requires std::is_same_v<decltype(P::bounded), bool const>;
};

}  // namespace ab
