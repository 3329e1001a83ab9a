/// @file
/// `ab::testing::values`: some values of a lattice that may meet.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/lattice.hpp"
#include "anabranch/testing/arbitrary.hpp"
#include "anabranch/testing/history.hpp"
#include "anabranch/testing/several.hpp"

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace ab::testing {

/// `N` values of `T`, as `c` decides. States and deltas of one history where the type has mutators, so that no dot stands for
/// two things; otherwise field by field, or one by one.
template <class T, std::size_t N>
constexpr several<T, N> values(choices& c) {
  if constexpr (detail::makes_many<T>) {
    return arbitrary<T>::template values<N>(c);
  } else if constexpr (has_mutators<T>) {
    return detail::run<T, N>(c, detail::unwatched{}).values(c);
  } else if constexpr (detail::makes_one<T>) {
    several<T, N> all{};
    for (std::size_t i = 0; i < N; ++i) all[i] = arbitrary<T>::make(c);
    return all;
  } else if constexpr (ab::detail::lattices::is_struct_of_lattices<T>()) {
    several<T, N> all{};
    ab::detail::lattices::with_fields(all[0], [&](auto&... fields) {
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (
            [&] {
              auto column = values<std::remove_cvref_t<decltype(fields)>, N>(c);
              for (std::size_t n = 0; n < N; ++n)
                ab::detail::lattices::with_fields(
                    all[n], [&](auto&... places) { std::get<I>(std::tie(places...)) = std::move(column[n]); });
            }(),
            ...);
      }(std::index_sequence_for<decltype(fields)...>{});
    });
    return all;
  } else {
    static_assert(detail::makes_one<T>,
                  "ab::testing: nothing says how to generate values of this type: name its `ab::testing::mutators`, or "
                  "specialise ab::testing::arbitrary with `static constexpr T make(ab::testing::choices&)`");
    return {};
  }
}

/// The same values again, for a counterexample that can't be written otherwise.
template <class T, std::size_t N>
constexpr several<T, N> replay(std::initializer_list<std::uint32_t> script) {
  choices c(script);
  return values<T, N>(c);
}

// The lattices of ab::lattice.

template <class T>
struct arbitrary<lattice::max<T>> {
  static constexpr lattice::max<T> make(choices& c) {
    if (c.below(2) == 0) return {};
    return lattice::max<T>(detail::make<T>(c));
  }
};
template <class T>
struct arbitrary<lattice::min<T>> {
  static constexpr lattice::min<T> make(choices& c) {
    if (c.below(2) == 0) return {};
    return lattice::min<T>(detail::make<T>(c));
  }
};
template <>
struct arbitrary<lattice::any> {
  static constexpr lattice::any make(choices& c) { return lattice::any(c.below(2) == 1); }
};
template <>
struct arbitrary<lattice::all> {
  static constexpr lattice::all make(choices& c) { return lattice::all(c.below(2) == 0); }
};
template <class L>
struct arbitrary<lattice::option<L>> {
  template <std::size_t N>
  static constexpr several<lattice::option<L>, N> values(choices& c) {
    auto within = testing::values<L, N>(c);
    several<lattice::option<L>, N> all{};
    for (std::size_t i = 0; i < N; ++i)
      if (!ab::is_bottom(within[i]) || c.below(2) == 1) all[i] = lattice::option<L>(std::move(within[i]));
    return all;
  }
};
template <class A, class B>
struct arbitrary<lattice::lexicographic<A, B>> {
  template <std::size_t N>
  static constexpr several<lattice::lexicographic<A, B>, N> values(choices& c) {
    auto firsts = testing::values<A, N>(c);
    auto seconds = testing::values<B, N>(c);
    several<lattice::lexicographic<A, B>, N> all{};
    for (std::size_t i = 0; i < N; ++i) all[i] = {std::move(firsts[i]), std::move(seconds[i])};
    return all;
  }
};
template <class... Ls>
struct arbitrary<lattice::product<Ls...>> {
  template <std::size_t N>
  static constexpr several<lattice::product<Ls...>, N> values(choices& c) {
    several<lattice::product<Ls...>, N> all{};
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (
          [&] {
            auto column = testing::values<Ls, N>(c);
            for (std::size_t n = 0; n < N; ++n) all[n].template get<I>() = std::move(column[n]);
          }(),
          ...);
    }(std::index_sequence_for<Ls...>{});
    return all;
  }
};
template <class T, class Containers>
struct arbitrary<lattice::set<T, Containers>> {
  static constexpr lattice::set<T, Containers> make(choices& c) {
    lattice::set<T, Containers> all;
    for (std::uint32_t k = 0; c.small() && k < 3; ++k)
      if (c.below(2) == 1) all.insert(c.simple(k, detail::make<T>));
    while (!c.small() && c.more()) all.insert(c.element(detail::make<T>));
    return all;
  }
};
template <class T, class Order>
struct arbitrary<lattice::antichain<T, Order>> {
  static constexpr lattice::antichain<T, Order> make(choices& c) {
    lattice::antichain<T, Order> all;
    while (c.more()) all.add(element(c));
    return all;
  }
  // Where the elements are lattices they are made as such: three that are the same in all fields would be a chain.
  static constexpr T element(choices& c) {
    if constexpr (join_semilattice<T>)
      return std::move(testing::values<T, 1>(c)[0]);
    else
      return detail::make<T>(c);
  }
};
template <class K, class V, class Containers>
struct arbitrary<lattice::map<K, V, Containers>> {
  template <std::size_t N>
  static constexpr several<lattice::map<K, V, Containers>, N> values(choices& c) {
    several<lattice::map<K, V, Containers>, N> all{};
    auto const put = [&](K const& key) {
      auto column = testing::values<V, N>(c);
      for (std::size_t i = 0; i < N; ++i) all[i].join_at(key, std::move(column[i]));
    };
    for (std::uint32_t k = 0; c.small() && k < 2; ++k)
      if (c.below(2) == 1) put(c.simple(k, detail::make<K>));
    while (!c.small() && c.more()) {
      auto const key = c.element(detail::make<K>);
      bool used = false;  // another history of the same key would be another universe
      for (std::size_t i = 0; i < N; ++i) used = used || all[i].contains(key);
      if (!used) put(key);
    }
    return all;
  }
};

}  // namespace ab::testing
