/// @file
/// What a reader sees of an event.
#pragma once

#include "anabranch/core/definition.hpp"
#include "anabranch/core/detail/construct.hpp"
#include "anabranch/core/identifiers.hpp"

#include <compare>
#include <string_view>
#include <utility>

namespace ab {

/// The position of an event in a store that keeps no global order. Takes no room.
struct no_position {
  friend constexpr auto operator<=>(no_position, no_position) = default;
};

/// The metadata of events in a store that keeps none. Takes no room.
struct no_metadata {
  friend constexpr auto operator<=>(no_metadata, no_metadata) = default;
};

/// The part of an event in a store that upcasts none: there is but one. Takes no room.
struct no_part {
  friend constexpr auto operator<=>(no_part, no_part) = default;
};

namespace detail {

// What passes through unknown knows its name itself.
template <class T>
constexpr std::string_view stored_name(T const& event) {
  if constexpr (requires { event.stored_name(); })
    return event.stored_name();
  else
    return definition_of<T>.name;
}

}  // namespace detail

/// Everything about an event but its data.
/// @tparam Stamp the clock's stamp
/// @tparam Position `ab::position` under `ab::global_order`, otherwise `ab::no_position`
/// @tparam Meta what `ab::metadata` names, otherwise `ab::no_metadata`
/// @tparam Part a number under `ab::upcasts`, otherwise `ab::no_part`
template <class Stamp, class Position, class Meta = no_metadata, class Part = no_part>
struct event_info {
  std::string_view stream{};                  ///< lives as long as the store
  ab::revision revision{};                    ///< its place in the stream
  [[no_unique_address]] Stamp at{};           ///< when, by the store's clock or by whoever appended it
  [[no_unique_address]] Position position{};  ///< its place in the store
  [[no_unique_address]] Meta meta{};          ///< what was appended `ab::with` it
  [[no_unique_address]] Part part{};          ///< its place among those that one stored event was upcast to, from 0
};

/// An event as it is read: {stream, revision, type, at, data}. A view: `data` lives in the range that was read.
template <class E, class Info>
struct event : Info {
  E const& data;

  constexpr event(Info const& info, E const& d) : Info(info), data(d) {}
  constexpr event(event const&) = default;
  /// Becomes a view of what `o` is one of, so that events can be kept in containers.
  constexpr event& operator=(event const& o) noexcept {
    if (this != &o) detail::construct(this, o);
    return *this;
  }

  /// The stored name of the event's type.
  constexpr std::string_view type() const {
    return data.visit([]<class T>(T const& d) { return detail::stored_name(d); });
  }
};

/// An event as it is kept: its data, and what the store's policies add to it.
template <class E, class Stamp, class Position, class Meta = no_metadata>
struct row {
  E data;
  [[no_unique_address]] Stamp at{};
  [[no_unique_address]] Position position{};
  [[no_unique_address]] Meta meta{};

  template <class T>
  constexpr row(std::in_place_type_t<T> t, T const& value, Stamp s, Position p, Meta const& m = {})
      : data(t, value), at(s), position(p), meta(m) {}
  template <class T>
  constexpr row(std::in_place_type_t<T> t, T&& value, Stamp s, Position p, Meta const& m = {})
      : data(t, std::move(value)), at(s), position(p), meta(m) {}
  constexpr row(E const& e, Stamp s, Position p, Meta const& m = {}) : data(e), at(s), position(p), meta(m) {}
  constexpr row(E&& e, Stamp s, Position p, Meta const& m = {}) : data(std::move(e)), at(s), position(p), meta(m) {}
};

/// What an append gave out.
template <class Stamp, class Position>
struct receipt {
  ab::revision first{};                       ///< of the first event of the batch; one above `last` for an empty batch
  ab::revision last{};                        ///< of the last
  [[no_unique_address]] Stamp at{};           ///< of the last
  [[no_unique_address]] Position position{};  ///< of the last

  /// The revision of a single event.
  constexpr ab::revision revision() const noexcept { return last; }
};

}  // namespace ab
