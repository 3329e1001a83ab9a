/// @file
/// `ab::check_model`: whether replicas show what they are meant to, whatever the network does.
#pragma once

#include "anabranch/testing/detail/exploration.hpp"
#include "anabranch/testing/verdict.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ab {

namespace testing {

/// How far `check_model` goes. Times grow steeply with each.
struct model_scope {
  std::size_t replicas = 3;           ///< at most 8
  std::size_t operations = 3;         ///< at most 8, by all replicas together
  std::size_t most_states = 5000000;  ///< gives up beyond
};

}  // namespace testing

/// Explores every interleaving of up to `operations` operations on `replicas` replicas, whose messages are lost, doubled and
/// overtake each other, and compares what each replica shows with what `Intent`, a naive specification, says it is meant to
/// show, given the operations that have reached it. Replicas that know of the same operations must be the same at any time; what
/// they show is compared where no effect came before its cause.
///
/// | member of `Intent` | |
/// |---|---|
/// | `state` | the type that is checked |
/// | `operations()` | a `std::tuple` of `ab::testing::operation{"add(#, 1)", [](state& s, ab::replica r) { … }}`: the text is the C++, with `#` for the replica; a result is the delta |
/// | `observed(state const&)` | what a user sees, a value with `==` |
/// | `expected(ab::testing::known_operations const&)` | what it is meant to be, from the operations known, each with `kind` (its place in `operations()`), `replica` and `saw(other)` |
/// | `names_matter` | optional, `true` where an operation names a certain replica, or what is shown depends on how identities are ordered |
///
/// Every operation sends its delta and, as another message, its replica's whole state; each of these may reach each replica at
/// any time, again, or never. Simplest histories come first, so that the verdict holds a shortest trace, as C++.
///
/// Moments that have the same history, and the same of it known to each replica, are one: neither the order in which replicas
/// that didn't know of each other acted tells them apart, nor, unless `names_matter`, what replicas are called. That they have
/// the same states is checked, not assumed: whatever the way to what a replica knows, its state must be the same, or the verdict
/// holds both traces. So each step is looked at, and only what follows from equal moments is followed once. States, and
/// moments, are told apart by fingerprints of 128 bits.
template <class Intent>
testing::verdict check_model(testing::model_scope scope = {}) {
  return testing::detail::exploration<Intent>(scope.replicas, scope.operations, scope.most_states).run();
}

}  // namespace ab
