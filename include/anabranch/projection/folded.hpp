/// @file
/// `ab::folded<P>`: a state, and how far the log is in it.
#pragma once

#include "anabranch/core/identifiers.hpp"

namespace ab {

/// A projection's state together with the place of the last event that is folded in, so that a resume takes only the tail.
/// @tparam Place `ab::revision` for a stream, `ab::position` for a whole store
template <class P, class Place = revision>
struct folded {
  P state{};
  Place through{};

  constexpr P const* operator->() const noexcept { return &state; }
  constexpr P const& operator*() const noexcept { return state; }
};

}  // namespace ab
