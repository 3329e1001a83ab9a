// Sets and maps in the order of their comparator. Reading asks for strictly increasing keys: one value, one encoding.
#pragma once

#include "anabranch/codec/detail/record.hpp"
#include "anabranch/codec/detail/sequence.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ab::detail::canonical {

template <class F>
concept stateless = std::is_empty_v<F> && std::default_initializable<F>;

// Containers in different orders don't read each other's bytes. An order of one's own has no number of its own.
template <class Compare, class Key>
inline constexpr std::uint64_t order_number = among<Compare, std::less<Key>, std::less<void>>         ? 0
                                              : among<Compare, std::greater<Key>, std::greater<void>> ? 1
                                                                                                      : 2;

template <class K, class V, class Map>
constexpr std::size_t size_of_pairs(Map const& m, meter& sum) {
  constexpr auto least = format<K>::least + format<V>::least;
  sum.count(m.size());
  if constexpr (least == 0) sum.count_weightless(m.size());
  if constexpr (format<K>::fixed && format<V>::fixed) {
    return length_size + m.size() * least;
  } else {
    std::size_t n = length_size;
    for (auto const& [k, v] : m) n += size_of(k, sum) + size_of(v, sum);
    return n;
  }
}

template <class Container>
struct ordered : variable {
  using key = typename Container::key_type;
  using compare = typename Container::key_compare;
  static constexpr fault why = stateless<compare> ? fault::none : fault::comparator;
  static constexpr std::uint64_t number = order_number<compare, key>;

  // Whether a key belongs behind all that `c` has.
  static constexpr bool last_of(Container const& c, key const& k) {
    if (c.empty()) return true;
    auto last = c.end();
    --last;
    if constexpr (requires { typename Container::mapped_type; })
      return c.key_comp()(last->first, k);
    else
      return c.key_comp()(*last, k);
  }
};

}  // namespace ab::detail::canonical
