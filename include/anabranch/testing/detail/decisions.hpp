// Comparing and showing the events of decisions, where no stream says what an event is.
#pragma once

#include "anabranch/clock/timestamp.hpp"
#include "anabranch/core/event.hpp"
#include "anabranch/core/families.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/one_of.hpp"
#include "anabranch/decider/decision.hpp"
#include "anabranch/projection/step.hpp"
#include "anabranch/testing/show.hpp"
#include "anabranch/testing/verdict.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ab::testing::detail {

using info = event_info<timestamp, position>;

// There is no stream here whose family says what an event is: everything is that has no other form of a decision.
struct no_family {
  template <class T>
  static constexpr bool has = !ab::detail::is_one_of<T> && !ab::detail::is_optional<T> && !ab::detail::is_tuple<T> &&
                              !ab::detail::range_of_parts<T const>;
};

template <class T>
consteval void event_must_be_comparable() {
  static_assert(
      ab::detail::comparable<T>,
      "given-when-then compares events: give this one `friend bool operator==(T const&, T const&) = default;`");
}

template <class A, class B>
constexpr bool same(A const& a, B const& b) {
  if constexpr (std::is_same_v<A, B>) {
    event_must_be_comparable<A>();
    if constexpr (ab::detail::comparable<A>) return static_cast<bool>(a == b);
  }
  return false;
}

// The number of the first event in which they differ, from 1; 0 where there is none.
template <class Expected, class Happened>
constexpr std::size_t first_difference(Expected const& expected, Happened const& happened) {
  auto const n = event_count<no_family>(happened);
  std::size_t at = 0, found = 0;
  for_each_event<no_family>(expected, [&](auto const& e) {
    ++at;
    bool met = false;
    std::size_t i = 0;
    for_each_event<no_family>(happened, [&](auto const& h) { met = ++i == at ? same(e, h) : met; });
    if (!met && found == 0) found = at;
  });
  return found != 0 || at == n ? found : at + 1;
}

template <class State, class Events>
constexpr void show_events(Events const& events, verdict::account_type& out) {
  bool first = true;
  for_each_event<no_family>(events, [&]<class T>(T const& e) {
    ab::detail::projection_must_handle_event<State, T, info>();
    out.append(std::exchange(first, false) ? "" : ", ");
    show(e, out);
  });
  if (first) out.append("nothing");
}

}  // namespace ab::testing::detail
