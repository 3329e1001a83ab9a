/// @file
/// `ab::receive`: joining what comes from elsewhere.
#pragma once

#include "anabranch/causal/replica.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/lattice/detail/fields.hpp"
#include "anabranch/lattice/detail/overflow.hpp"
#include "anabranch/lattice/operations.hpp"
#include "anabranch/lattice/try_join.hpp"

#include <cstdint>
#include <type_traits>

namespace ab {

namespace detail {

template <class T>
consteval bool may_overflow() {
  if constexpr (requires { T::bounded; })
    return T::bounded;
  else
    return lattices::tells_overflow<T> || lattices::is_struct_of_lattices<T>();
}
// Whether `b` knows of more that `id` did than `a`, in which `id` does it.
template <class T>
constexpr bool knows_more_of(replica_id id, T const& a, T const& b) {
  if constexpr (requires { a.known_of(id); }) {
    return b.known_of(id) > a.known_of(id);
  } else if constexpr (requires { a.lacks_of(id, b); }) {
    return a.lacks_of(id, b);
  } else if constexpr (lattices::has_join<T>) {
    return false;
  } else {
    bool any = false;
    lattices::for_each_pair(a, b, [&](auto const& x, auto const& y) { any = any || knows_more_of(id, x, y); });
    return any;
  }
}

}  // namespace detail

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
  if constexpr (detail::may_overflow<T>())
    return ab::try_join(state, delta);
  else
    return ab::join(state, delta);
}

}  // namespace ab
