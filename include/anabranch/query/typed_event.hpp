/// @file
/// `ab::typed_event`: an event whose type is known.
#pragma once

#include "anabranch/core/definition.hpp"
#include "anabranch/core/event.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/storage/events.hpp"

#include <string_view>
#include <type_traits>

namespace ab {

/// An event of type `T`: {stream, revision, type, at, data}. A view, as `ab::event` is: `data` lives in what was read, or as
/// long as the call that was given the event.
/// @tparam Place what a plain number means to a query over such events: a revision, or a position
template <class T, class Info, class Place = revision>
struct typed_event : Info {
  T const& data;

  ANABRANCH_ALWAYS_INLINE constexpr typed_event(Info const& info, T const& d) noexcept : Info(info), data(d) {}

  constexpr typed_event(typed_event const&) = default;
  /// Becomes a view of what `o` is one of, so that events can be kept in containers.
  constexpr typed_event& operator=(typed_event const& o) noexcept {
    if (this != &o) std::construct_at(this, o);
    return *this;
  }

  /// The stored name of the event's type.
  static constexpr std::string_view type() noexcept { return definition_of<T>.name; }
};

namespace detail {

// What is known of events by their type: all but the data, and by which order they are numbered.
template <class Event>
struct event_traits;
template <class E, class Info>
struct event_traits<event<E, Info>> {
  using info = Info;
  using stamp = decltype(Info::at);
  using place = revision;
  using family = E;
};
template <class Any, class Info>
struct event_traits<recorded<Any, Info>> {
  using info = Info;
  using stamp = decltype(Info::at);
  using place = position;
  using family = Any;
};
template <class T, class Info, class Place>
struct event_traits<typed_event<T, Info, Place>> {
  using info = Info;
  using stamp = decltype(Info::at);
  using place = Place;
};

template <class Place, class Info>
ANABRANCH_ALWAYS_INLINE constexpr Place place_of(Info const& i) noexcept {
  if constexpr (std::is_same_v<Place, revision>)
    return i.revision;
  else
    return i.position;
}

// The `T` of what holds one. The compiler is told, so that it doesn't ask again.
template <class T, class OneOf>
ANABRANCH_ALWAYS_INLINE constexpr T const& data_as(OneOf const& data) noexcept {
  auto const* const p = data.template get_if<T>();
  if (p == nullptr) __builtin_unreachable();
  return *p;
}

template <class Stamp>
consteval bool time_must_be_told() {
  static_assert(
      !std::is_empty_v<Stamp>,
      "a time window: these events have no time, since their store is one with ab::no_clock; name a clock among "
      "its policies, as in ab::policies<ab::system_clock>");
  return !std::is_empty_v<Stamp>;
}

}  // namespace detail

}  // namespace ab
