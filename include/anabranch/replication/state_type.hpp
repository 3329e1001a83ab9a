/// @file
/// `ab::state_type`: says in bytes which state follows.
#pragma once

#include "anabranch/codec/traits.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/lattice/fingerprint.hpp"

#include <cstdint>

namespace ab {

namespace detail {

inline constexpr error other_state(
    errc::wrong_type, "a message's state is of another type than this replica's, or merges in another way",
    "states of two kinds refuse to mix: give both sides the same type, of the same version");

}  // namespace detail

/// What two sides must agree on before they exchange a `State`: what its bytes mean and how it merges. As the first field of
/// a message it makes `ab::decode` refuse bytes of other states in these words, also those that would be some `State` by chance.
template <class State>
struct state_type {
  std::uint64_t number = merge_fingerprint<State>;
  constexpr bool fits() const noexcept { return number == merge_fingerprint<State>; }
  friend constexpr bool operator==(state_type const&, state_type const&) = default;
};

template <class State>
struct codec_traits<state_type<State>> {
  using stored = std::uint64_t;
  static constexpr stored to(state_type<State> const& t) noexcept { return t.number; }
  static constexpr result<state_type<State>> from(stored number) {
    state_type<State> const t{number};
    if (!t.fits()) return detail::other_state;
    return t;
  }
};

}  // namespace ab
