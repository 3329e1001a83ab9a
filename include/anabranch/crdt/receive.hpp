/// @file
/// `ab::try_join`, `ab::receive`: joining what comes from elsewhere.
#pragma once

#include "anabranch/causal/replica.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/crdt/mutation.hpp"
#include "anabranch/lattice/detail/fields.hpp"
#include "anabranch/lattice/operations.hpp"

#include <cstdint>
#include <utility>

namespace ab {

namespace detail {

template <class T>
concept joins_unchecked = requires(T& a, T const& b) { a.join(b); };

// Joins, and says afterwards whether all fitted; also structs of states.
template <class T>
constexpr bool join_all(T& a, T const& b) {
  if constexpr (joins_unchecked<T>) {
    return a.join(b);
  } else if constexpr (lattices::has_join<T>) {
    return a.join(b);
  } else {
    bool grew = false;
    lattices::for_each_pair(a, b, [&grew](auto& x, auto const& y) { grew |= join_all(x, y); });
    return grew;
  }
}
template <class T>
constexpr bool all_fitted(T const& a) {
  if constexpr (requires { a.overflowed(); }) {
    return !a.overflowed();
  } else if constexpr (lattices::has_join<T>) {
    return true;
  } else {
    bool all = true;
    lattices::for_each_pair(a, a, [&all](auto const& x, auto const&) { all = all && all_fitted(x); });
    return all;
  }
}
template <class T>
consteval bool may_overflow() {
  if constexpr (requires { T::bounded; })
    return T::bounded;
  else
    return !lattices::has_join<T>;
}
// Whether `b` knows of more that `id` did than `a`, in which `id` does it.
template <class T>
constexpr bool knows_more_of(replica_id id, T const& a, T const& b) {
  if constexpr (requires { a.known_of(id); }) {
    return b.known_of(id) > a.known_of(id);
  } else if constexpr (lattices::has_join<T>) {
    return false;
  } else {
    bool any = false;
    lattices::for_each_pair(a, b, [&](auto const& x, auto const& y) { any = any || knows_more_of(id, x, y); });
    return any;
  }
}

}  // namespace detail

/// Joins all of `delta` into `state`, or nothing: over containers of fixed capacity it may not fit. A copy of the state is
/// made where it may not.
/// @return whether the state grew; `too_large` where there is no room
template <class T>
constexpr result<bool> try_join(T& state, std::type_identity_t<T> const& delta) {
  if constexpr (detail::may_overflow<T>()) {
    T next = state;
    bool const grew = detail::join_all(next, delta);
    if (!detail::all_fitted(next)) return detail::no_room;
    if (grew) state = std::move(next);
    return grew;
  } else {
    return detail::join_all(state, delta);
  }
}

/// Joins what another replica sent to `me`, the one that changes `state`. Refuses it where the others know of something
/// that `me` did and this state doesn't: then the state is older than the identity, as after a restored backup, and what `me`
/// did from here on would be taken for what is known. Join it as a new identity, `me.reborn(incarnation)`.
/// @return whether the state grew; `identity_reused`; `too_large`. Nothing is changed by an error
template <class T>
constexpr result<bool> receive(replica const& me, T& state, std::type_identity_t<T> const& delta) {
  if (detail::knows_more_of(me.id(), state, delta)) {
    return error(errc::identity_reused,
                 "another replica knows of changes under this identity that this state doesn't have",
                 "the state was restored from a backup, or the identity is used twice: go on as a new incarnation, "
                 "me.reborn(number), and then receive it");
  }
  return ab::try_join(state, delta);
}

}  // namespace ab
