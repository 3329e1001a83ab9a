/// @file
/// `ab::reacts_to`: what has effects, and is another type than what is folded.
#pragma once

#include "anabranch/projection/concepts.hpp"

namespace ab {

/// `R` has an effect of its own on `T`: `react(T const&)`, or `react(T const&, info)` to see stream, revision and time.
///
/// A reactor (an e-mail, a payment, a call of another service) is another type than a projection, so that nothing that
/// folds, replays or rebuilds can take it. `react(ab::others)` ignores what it doesn't name. Like every subscriber it
/// returns nothing, or `ab::result<void>`.
template <class R, class T, class Info = int>
concept reacts_to = detail::reacts<R, T> || detail::reacts_with_info<R, T, Info>;

}  // namespace ab
