/// @file
/// One step of one or several projections over one event.
#pragma once

#include "anabranch/core/inline.hpp"
#include "anabranch/projection/concepts.hpp"

#include <type_traits>

namespace ab {

namespace detail {

// Its own template, so that the compiler's trace names the projection and the event.
template <class P, class T, class Info>
consteval void projection_must_handle_event() {
  static_assert(
      !has_effect<P, T, Info>,
      "this is a reactor: it has effects (`react`), and a fold or rebuild would have them again; subscribe it "
      "to a hub, or poll a catch-up subscription with it");
  static_assert(
      has_effect<P, T, Info> || handles<P, T, Info> || takes_others<P>,
      "this projection has no step for this event: add `void apply(T const&)`, or `void apply(ab::others)` to "
      "ignore what it doesn't name; it is public, takes the event by value or const reference, and an overload that "
      "only "
      "converts doesn't count");
}

template <class P, class T, class Info>
ANABRANCH_ALWAYS_INLINE constexpr void step_one(P& p, T const& e, Info const& info) {
  projection_must_handle_event<P, T, Info>();
  if constexpr (takes_with_info<P, T, Info>)
    p.apply(e, info);
  else if constexpr (takes<P, T>)
    p.apply(e);
  else if constexpr (takes_others<P>)
    p.apply(others{});
}

}  // namespace detail

/// Takes `e`, an `ab::one_of`, into each of the projections: one dispatch for all.
template <class E, class Info, class... Ps>
ANABRANCH_ALWAYS_INLINE constexpr void step(E const& e, Info const& info, Ps&... ps) {
  e.visit([&](auto const& alternative) { (detail::step_one(ps, alternative, info), ...); });
}

}  // namespace ab
