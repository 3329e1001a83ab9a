// What a query asks of each event.
#pragma once

#include "anabranch/core/inline.hpp"

#include <type_traits>
#include <utility>

namespace ab::detail {

struct always {
  template <class Event>
  constexpr bool operator()(Event const&) const noexcept {
    return true;
  }
};

template <class Stamp>
struct within {
  Stamp first, last;
  template <class Event>
  ANABRANCH_ALWAYS_INLINE constexpr bool operator()(Event const& e) const noexcept {
    return (e.at) >= first && (e.at) <= last;  // `e.at <` would begin an ab::at
  }
};

template <class F, class Event>
consteval bool must_be_predicate_of() {
  static_assert(
      std::is_invocable_r_v<bool, F const&, Event const&>,
      "where(f): f is called with an event of each type that the query selects and gives a bool; select the types "
      "that it is for with of<…>(), take `auto const& e`, and change nothing that it captures by value");
  return std::is_invocable_r_v<bool, F const&, Event const&>;
}

template <class F>
struct satisfying {
  F f;
  template <class Event>
  ANABRANCH_ALWAYS_INLINE constexpr bool operator()(Event const& e) const {
    if constexpr (must_be_predicate_of<F, Event>())
      return f(e);
    else
      return false;
  }
};

template <class A, class B>
struct both {
  A a;
  B b;
  template <class Event>
  ANABRANCH_ALWAYS_INLINE constexpr bool operator()(Event const& e) const {
    return a(e) && b(e);
  }
};

template <class A, class B>
constexpr auto and_also(A const& a, B b) {
  if constexpr (std::is_same_v<A, always>)
    return b;
  else
    return both<A, B>{a, std::move(b)};
}

}  // namespace ab::detail
