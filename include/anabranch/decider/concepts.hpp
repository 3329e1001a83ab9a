/// @file
/// What a decider is: a state, and a decision for each command.
#pragma once

#include "anabranch/projection/concepts.hpp"

#include <concepts>
#include <type_traits>
#include <utility>

namespace ab {

/// Decides what happens when somebody asks for something: the rules of one kind of stream, without any input or output.
///
/// - `state`: a projection of the stream's events, whose default value is the state of an empty stream
/// - `decide(command const&, state const&) const`, an overload a command: gives the events that follow from it, in one of
///   the forms of `ab::for_each_event`, or a `result` of one where the rules may refuse
///
/// `decide` may be called more than once for one command, each time with a fresher state. It changes nothing, and what it
/// returns points into nothing but the command.
template <class D>
concept decider =
    requires { typename D::state; } && projection<typename D::state> && std::default_initializable<typename D::state>;

/// `D` has a decision for the command `C`.
template <class D, class C>
concept decides = decider<D> && requires(D const& d, C const& c, typename D::state const& s) { d.decide(c, s); };

namespace detail {

// One message a requirement, so that all that is missing shows at once.
template <class D>
consteval bool must_be_decider() {
  static_assert(
      requires { typename D::state; },
      "ab::decider: it names the projection that it decides on, as in `using state = balance;`");
  if constexpr (requires { typename D::state; }) {
    static_assert(
        projection<typename D::state>,
        "ab::decider: its `state` is a projection, a class with a step `void apply(event const&)` for each event");
    static_assert(std::default_initializable<typename D::state>,
                  "ab::decider: its `state` needs a default constructor, which makes the state of an empty stream");
  }
  return decider<D>;
}

template <class T>
inline constexpr bool says_nothing = std::is_void_v<T>;
template <class T>
  requires std::is_void_v<typename T::value_type>
inline constexpr bool says_nothing<T> = true;  // a result of void

template <class Decision>
consteval bool decision_must_be_said() {
  static_assert(
      !says_nothing<Decision>,
      "`decide` gives nothing back: it returns the events that follow from the command, and changes nothing by "
      "itself; where perhaps nothing follows, a std::optional");
  return !says_nothing<Decision>;
}

// A template of its own, so that the compiler's trace names the decider and the command.
template <class D, class Command>
consteval bool must_decide() {
  static_assert(decides<D, Command>,
                "this decider has no decision for this command: add "
                "`decide(command const&, state const&) const`, which gives the events");
  if constexpr (decides<D, Command>)
    return decision_must_be_said<decltype(std::declval<D const&>().decide(std::declval<Command const&>(),
                                                                          std::declval<typename D::state const&>()))>();
  else
    return false;
}

}  // namespace detail

}  // namespace ab
