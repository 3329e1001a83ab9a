/// @file
/// `ab::views`: queries as lazy views of range-v3, over any range of events.
#pragma once

#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/ext/range_v3/matching_view.hpp"
#include "anabranch/query/typed_event.hpp"
#include "anabranch/storage/events.hpp"

#include <cstdint>
#include <limits>
#include <range/v3/range/concepts.hpp>
#include <range/v3/range/traits.hpp>
#include <range/v3/view/all.hpp>
#include <range/v3/view/subrange.hpp>
#include <range/v3/view/view.hpp>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

template <class Rng>
using traits_of_range = event_traits<std::remove_cvref_t<ranges::range_reference_t<Rng>>>;

template <class Rng>
consteval bool must_be_event_range() {
  constexpr bool events = requires { typename traits_of_range<Rng>::info; };
  static_assert(
      events,
      "ab::views take a range of events: what read() gives, an ab::query's read(), or another of ab::views; put "
      "transforms behind them");
  return events;
}
template <class Family, class T>
consteval bool type_must_be_in_range() {
  static_assert(Family::template has<T>, "ab::views::of<T>: this type is no event of the range's family");
  return Family::template has<T>;
}

struct as_it_is {
  template <class Event>
  ANABRANCH_ALWAYS_INLINE constexpr Event operator()(Event e) const noexcept {
    return e;
  }
};
template <class T>
struct as_typed {
  template <class Event>
  ANABRANCH_ALWAYS_INLINE constexpr auto operator()(Event const& e) const noexcept {
    using traits = event_traits<Event>;
    return typed_event<T, typename traits::info, typename traits::place>(e, data_as<T>(e.data));
  }
};

template <class... Ts>
struct holding {
  template <class Event>
  ANABRANCH_ALWAYS_INLINE constexpr bool operator()(Event const& e) const noexcept {
    return (e.data.template holds<Ts>() || ...);
  }
};
template <class Stamp>
struct at_between {
  Stamp first, last;
  template <class Event>
  ANABRANCH_ALWAYS_INLINE constexpr bool operator()(Event const& e) const noexcept {
    return (e.at) >= first && (e.at) <= last;
  }
};
template <class Place>
struct placed_between {
  Place first, last;
  template <class Event>
  ANABRANCH_ALWAYS_INLINE constexpr bool operator()(Event const& e) const noexcept {
    auto const p = place_of<Place>(e);
    return p >= first && p <= last;
  }
};

// One after the other: what the second asks is asked of what the first shows.
template <class Match, class Show, class Next>
struct matching_both {
  Match first;
  Show shown;
  Next next;
  template <class Event>
  ANABRANCH_ALWAYS_INLINE constexpr bool operator()(Event const& e) const noexcept {
    return first(e) && next(shown(e));
  }
};
template <class Show, class Next>
struct showing_both {
  Show first;
  Next next;
  template <class Event>
  ANABRANCH_ALWAYS_INLINE constexpr auto operator()(Event const& e) const noexcept {
    return next(first(e));
  }
};

template <class Rng, class Match, class Show>
constexpr auto make_matching(Rng&& events, Match m, Show s) {
  return matching_view<ranges::views::all_t<Rng>, Match, Show>(ranges::views::all(std::forward<Rng>(events)), m, s);
}
// A view of such a view is one view: each would look for the end by itself.
template <class View, class Match, class Show>
  requires is_matching_view<std::remove_cvref_t<View>>
constexpr auto make_matching(View&& events, Match m, Show s) {
  using before = std::remove_cvref_t<View>;
  using match = matching_both<typename before::match_type, typename before::show_type, Match>;
  using show = showing_both<typename before::show_type, Show>;
  return matching_view<typename before::base_type, match, show>(
      std::forward<View>(events).base(), match{events.matches(), events.show(), m}, show{events.show(), s});
}

template <class... Ts>
struct of_closure {
  template <class Rng>
    requires(ranges::viewable_range<Rng> && ranges::input_range<Rng>)
  constexpr auto operator()(Rng&& events) const {
    static_assert(sizeof...(Ts) > 0, "ab::views::of<…>: name at least one event type");
    if constexpr (must_be_event_range<Rng>()) {
      using family = typename traits_of_range<Rng>::family;
      if constexpr ((type_must_be_in_range<family, Ts>() && ...)) {
        if constexpr (sizeof...(Ts) == 1)
          return make_matching(std::forward<Rng>(events), holding<Ts...>{}, as_typed<Ts...>{});
        else
          return make_matching(std::forward<Rng>(events), holding<Ts...>{}, as_it_is{});
      }
    }
  }
};

template <class Stamp>
struct during_closure {
  Stamp first, last;
  template <class Rng>
    requires(ranges::viewable_range<Rng> && ranges::input_range<Rng>)
  constexpr auto operator()(Rng&& events) const {
    if constexpr (must_be_event_range<Rng>()) {
      if constexpr (time_must_be_told<typename traits_of_range<Rng>::stamp>())
        return make_matching(std::forward<Rng>(events), at_between<Stamp>{first, last}, as_it_is{});
    }
  }
};

// What a stream gives has its revisions in a row: the part is found without looking.
template <class Iterator>
inline constexpr int step_of = 0;
template <class Event, class Row, int Step>
inline constexpr int step_of<event_iterator<Event, Row, Step>> = Step;

template <class Rng>
constexpr auto slice(Rng&& events, revision first, revision last) {
  constexpr int step = step_of<ranges::iterator_t<Rng>>;
  auto const begin = ranges::begin(events), end = ranges::end(events);
  using part = ranges::subrange<ranges::iterator_t<Rng>>;
  if (begin == end) return part(begin, end);
  auto const oldest = (step > 0 ? *begin : end[-1]).revision, newest = (step > 0 ? end[-1] : *begin).revision;
  if (first < oldest) first = oldest;
  if (last > newest) last = newest;
  if (first > last) return part(end, end);
  auto const from = begin + (step > 0 ? first.value - oldest.value : newest.value - last.value);
  return part(from, from + (last.value - first.value + 1));
}

template <class Place, class Rng>
constexpr auto make_placed(Rng&& events, Place first, Place last) {
  // Only where the iterators outlive the call: of something lent, or of something with a name.
  constexpr bool lasts = ranges::borrowed_range<Rng>;
  if constexpr (std::is_same_v<Place, revision> && lasts && step_of<ranges::iterator_t<Rng>> != 0)
    return slice(events, first, last);
  else
    return make_matching(std::forward<Rng>(events), placed_between<Place>{first, last}, as_it_is{});
}

// Numbers that may be of either order: the range says which.
struct number_range {
  std::int64_t first, last;
  template <class Rng>
    requires(ranges::viewable_range<Rng> && ranges::input_range<Rng>)
  constexpr auto operator()(Rng&& events) const {
    if constexpr (must_be_event_range<Rng>()) {
      using place = typename traits_of_range<Rng>::place;
      return make_placed<place>(std::forward<Rng>(events), {first}, {last});
    }
  }
};
template <class Place>
struct place_closure {
  Place first, last;
  template <class Rng>
    requires(ranges::viewable_range<Rng> && ranges::input_range<Rng>)
  constexpr auto operator()(Rng&& events) const {
    if constexpr (must_be_event_range<Rng>()) return make_placed<Place>(std::forward<Rng>(events), first, last);
  }
};

inline constexpr auto least_place = std::numeric_limits<std::int64_t>::min();
inline constexpr auto greatest_place = std::numeric_limits<std::int64_t>::max();

}  // namespace detail

/// Views over ranges of events, for `|`: what `stream::read`, `store::read`, `query::read` and these views give.
///
/// `*a.read() | ab::views::since(3) | ab::views::of<deposited> | ab::views::during(monday, friday)`. Lazy: nothing is looked at
/// before it is asked for, nothing is copied. They combine with all of range-v3. Where the storage gives events that own their
/// rows (files, `ab::locked`), what was read needs a name: `auto const events = *a.read();`.
namespace views {

/// Events of these types; with a single one they are `ab::typed_event`s, whose `data` is a `T const&`.
template <class... Ts>
inline constexpr auto of = ranges::make_view_closure(detail::of_closure<Ts...>{});

/// Events whose time lies between two stamps, both included. Looks at every event: times need not rise.
template <class Stamp>
constexpr auto during(Stamp first, Stamp last) {
  return ranges::make_view_closure(detail::during_closure<Stamp>{first, last});
}

/// From a place on, it included. A plain number is a revision in what a stream gives, a position in what a store gives.
constexpr auto since(std::int64_t first) {
  return ranges::make_view_closure(detail::number_range{first, detail::greatest_place});
}
template <class Tag>
constexpr auto since(ordinal<Tag> first) {
  return ranges::make_view_closure(detail::place_closure<ordinal<Tag>>{first, {detail::greatest_place}});
}

/// Up to a place, it included.
constexpr auto through(std::int64_t last) {
  return ranges::make_view_closure(detail::number_range{detail::least_place, last});
}
template <class Tag>
constexpr auto through(ordinal<Tag> last) {
  return ranges::make_view_closure(detail::place_closure<ordinal<Tag>>{{detail::least_place}, last});
}

/// Between two places, both included.
constexpr auto between(std::int64_t first, std::int64_t last) {
  return ranges::make_view_closure(detail::number_range{first, last});
}
template <class Tag>
constexpr auto between(ordinal<Tag> first, ordinal<Tag> last) {
  return ranges::make_view_closure(detail::place_closure<ordinal<Tag>>{first, last});
}

}  // namespace views

}  // namespace ab
