/// @file
/// `ab::families<Es...>`: the event families of one store.
#pragma once

#include "anabranch/core/definition.hpp"
#include "anabranch/core/one_of.hpp"

#include <cstddef>
#include <type_traits>

namespace ab {

/// Several event families in one store. Each is an `ab::one_of` of its event types; a type belongs to one family.
template <class... Es>
struct families {};

namespace detail {

template <class E>
inline constexpr bool is_one_of = false;
template <class... Ts>
inline constexpr bool is_one_of<one_of<Ts...>> = true;

template <class F>
struct family_list {
  static_assert(is_one_of<F>,
                "ab::store: its first argument is an event family, ab::one_of<deposited, withdrawn, …>, or several, "
                "ab::families<account_event, order_event>");
  using type = families<F>;
};
template <class... Es>
struct family_list<families<Es...>> {
  static_assert(sizeof...(Es) > 0, "ab::families needs at least one event family");
  static_assert((is_one_of<Es> && ...), "ab::families: each family is an ab::one_of<deposited, withdrawn, …>");
  using type = families<Es...>;
};

template <class... Lists>
struct concatenated;
template <class... Ts>
struct concatenated<one_of<Ts...>> {
  using type = one_of<Ts...>;
};
template <class... Ts, class... Us, class... Rest>
struct concatenated<one_of<Ts...>, one_of<Us...>, Rest...> {
  static_assert(((index_of<Ts, Us...>() == sizeof...(Us)) && ...),
                "ab::families: a type is an event of two families; give each family a type of its own");
  using type = typename concatenated<one_of<Ts..., Us...>, Rest...>::type;
};

template <class... Ts>
consteval bool names_differ(one_of<Ts...> const*) {
  definition const all[] = {definition_of<Ts>...};
  for (std::size_t i = 0; i < sizeof...(Ts); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (all[i].name == all[j].name) return false;
    }
  }
  return true;
}

}  // namespace detail

}  // namespace ab
