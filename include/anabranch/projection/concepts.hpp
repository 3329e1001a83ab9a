/// @file
/// What a projection is: a state, and a step for each event.
#pragma once

#include <concepts>
#include <type_traits>

namespace ab {

/// A projection that has `apply(ab::others)` ignores, or counts, every event that it doesn't name.
struct others {};

namespace detail {

// Converts to a `T const&` and to nothing else, so that an overload that merely converts doesn't count as handling.
template <class T>
struct exactly {
  template <class U>
    requires std::same_as<U, T>
  operator U const&() const;
};

template <class P, class T>
concept takes = requires(P& p, exactly<T> const& e) { p.apply(e); };
template <class P, class T, class Info>
concept takes_with_info = requires(P& p, exactly<T> const& e, Info const& i) { p.apply(e, i); };
template <class P>
concept takes_others = requires(P& p, others o) { p.apply(o); };

template <class P, class T>
concept reacts = requires(P& p, exactly<T> const& e) { p.react(e); };
template <class P, class T, class Info>
concept reacts_with_info = requires(P& p, exactly<T> const& e, Info const& i) { p.react(e, i); };
template <class P>
concept reacts_to_others = requires(P& p, others o) { p.react(o); };

// Has effects on some event, so it must never be folded: a fold happens again and again, an effect once.
template <class P, class T, class Info>
inline constexpr bool has_effect = reacts<P, T> || reacts_with_info<P, T, Info> || reacts_to_others<P>;

template <class P>
consteval void projection_must_begin() {
  static_assert(
      std::is_default_constructible_v<P>,
      "a full fold begins with a projection's initial state, so it needs a default constructor; to begin with "
      "another state, resume from an ab::folded<P> that holds it");
}

}  // namespace detail

/// `P` has a step of its own for `T`: `apply(T const&)`, or `apply(T const&, info)` to see stream, revision and time.
template <class P, class T, class Info = int>
concept handles = detail::takes<P, T> || detail::takes_with_info<P, T, Info>;

/// A state that can be folded: regular enough to be kept, with a step or `ab::others` for every event of a family.
template <class P>
concept projection = std::is_class_v<P> && std::move_constructible<P>;

}  // namespace ab
