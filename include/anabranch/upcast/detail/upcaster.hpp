// What an upcaster takes and gives.
#pragma once

#include "anabranch/core/one_of.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab {

template <class T>
class result;

namespace detail {

template <class... Ts>
struct type_list {
  static constexpr std::size_t size = sizeof...(Ts);
};

template <class... Lists>
struct joined;
template <class... Ts>
struct joined<type_list<Ts...>> {
  using type = type_list<Ts...>;
};
template <class... Ts, class... Us, class... Rest>
struct joined<type_list<Ts...>, type_list<Us...>, Rest...> : joined<type_list<Ts..., Us...>, Rest...> {};
template <>
struct joined<> {
  using type = type_list<>;
};

// The events that an upcaster's result may hold.
template <class R>
struct targets_of {
  using type = type_list<R>;
};
template <>
struct targets_of<void> {
  using type = type_list<>;
};
template <class T>
struct targets_of<result<T>> : targets_of<T> {};
template <class T>
struct targets_of<std::optional<T>> : targets_of<T> {};
template <class T, class A>
struct targets_of<std::vector<T, A>> : targets_of<T> {};
template <class T, std::size_t N>
struct targets_of<std::array<T, N>> : targets_of<T> {};
template <class A, class B>
struct targets_of<std::pair<A, B>> : joined<typename targets_of<A>::type, typename targets_of<B>::type> {};
template <class... Ts>
struct targets_of<std::tuple<Ts...>> : joined<typename targets_of<Ts>::type...> {};
template <class... Ts>
struct targets_of<one_of<Ts...>> : joined<typename targets_of<Ts>::type...> {};

template <class F>
struct upcast_signature {
  static constexpr bool valid = false;
};
template <class R, class... As>
struct upcast_signature<R (*)(As const&...)> {
  static constexpr bool valid = sizeof...(As) > 0;
  using from = type_list<As...>;
  using to = typename targets_of<R>::type;
};
template <class R, class... As>
struct upcast_signature<R (*)(As const&...) noexcept> : upcast_signature<R (*)(As const&...)> {};

template <class U>
consteval bool is_upcaster() {
  if constexpr (requires { &U::up; })
    return upcast_signature<decltype(&U::up)>::valid;
  else
    return false;
}
template <class U>
consteval bool must_be_upcaster() {
  static_assert(is_upcaster<U>(),
                "ab::upcasts: an upcaster has one static function that is not overloaded and takes old events by const "
                "reference, as in `static constexpr deposited up(v1::deposited const& old)`");
  return is_upcaster<U>();
}

template <class U>
using from_of = typename upcast_signature<decltype(&U::up)>::from;
template <class U>
using to_of = typename upcast_signature<decltype(&U::up)>::to;

// The place of T in what U takes, or how many those are.
template <class T, class... As>
consteval std::size_t place_in(type_list<As...>) {
  return index_of<T, As...>();
}

}  // namespace detail

}  // namespace ab
