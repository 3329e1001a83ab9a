/// @file
/// `ab::for_each_event`: the events of a decision, whichever form it has.
#pragma once

#include "anabranch/core/detail/parts.hpp"

#include <cstddef>

namespace ab {

namespace detail {

// A template of its own, so that the compiler's trace names what was returned.
template <class Family, class T>
inline constexpr bool is_event_of_family = Family::template has<T>;
template <class Family, class T>
consteval void decision_must_be_of_events() {
  static_assert(
      is_event_of_family<Family, T>,
      "this decision has what is no event of the stream's family: `decide` gives an event, or a std::optional, a "
      "std::tuple or a range of events, or an ab::result of one of these");
}

template <class Family>
struct events_of {
  template <class T>
  static constexpr bool is = is_event_of_family<Family, T>;
  template <class T>
  static consteval void refuse() {
    decision_must_be_of_events<Family, T>();
  }
};

}  // namespace detail

/// Calls `f(event)` for each event of a decision, in order. The event is an lvalue, const where the decision is.
///
/// | a decision is | for |
/// |---|---|
/// | an event of the family, or the family's `ab::one_of` | exactly one event |
/// | `std::optional<D>` | one or none: "nothing to do" |
/// | `std::tuple<D...>`, `std::pair` | several that are known while compiling |
/// | a range: `std::vector<D>`, `std::array<D, n>` | any number |
/// | another `ab::one_of<D...>` | one of several |
///
/// where `D` is a decision again: `std::tuple<withdrawn, std::optional<fee_charged>>`.
/// @tparam Family the `ab::one_of` of the events that there may be
template <class Family, class Decision, class F>
constexpr void for_each_event(Decision& decision, F&& f) {
  detail::for_each_part<detail::events_of<Family>>(decision, f);
}

/// How many events a decision has. O(events).
template <class Family, class Decision>
constexpr std::size_t event_count(Decision const& decision) {
  std::size_t n = 0;
  for_each_event<Family>(decision, [&](auto const&) { ++n; });
  return n;
}

}  // namespace ab
