/// @file
/// `ab::mutation`: what a change of a state gives.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/lattice/detail/overflow.hpp"
#include "anabranch/lattice/operations.hpp"

#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace ab {

/// What every mutator of a `State` returns: its delta, a small state that says what changed; over containers of fixed
/// capacity an `ab::result` of it, which is an error where it doesn't fit, and then nothing has changed.
template <class State>
using mutation = std::conditional_t<State::bounded, result<State>, State>;

namespace detail {

// Whether functions that return a delta are held to it: what else they changed would be heard of by nobody. Of this
// translation unit alone, so an argument of templates.
#ifdef NDEBUG
constexpr bool checks_deltas = false;
#else
constexpr bool checks_deltas = true;
#endif

[[noreturn]] inline void part_of_a_delta() noexcept {
  std::fputs(
      "anabranch: a function changed more than the delta says that it returns, and others would never hear of the "
      "rest: "
      "return the joined deltas of all its mutators, or from ab::replicated::change nothing\n",
      stderr);
  std::abort();
}
template <class State>
constexpr void require_whole_delta(State before, State const& delta, State const& after) {
  ab::join(before, delta);
  if (!lattices::overflowed(before) && !ab::same(before, after)) part_of_a_delta();
}

inline constexpr error no_room(errc::too_large, "a state of fixed capacity has no room for this",
                               "nothing was changed: take a larger fixed_containers<N>, or remove something first");

// Calls `f(state, delta)`; over fixed capacity all or nothing.
template <class State, class F>
  requires State::bounded
constexpr mutation<State> mutate(State& self, F const& f) {
  State next = self;
  State delta;
  f(next, delta);
  if (next.overflowed() || delta.overflowed()) return no_room;
  self = std::move(next);
  return delta;
}
// By itself: GCC before 14 makes a result in its place only where it is declared in the function's outermost block.
template <class State, class F>
  requires(!State::bounded)
constexpr State mutate(State& self, F const& f) {
  State delta;
  f(self, delta);
  return delta;
}

}  // namespace detail

}  // namespace ab
