/// @file
/// `ab::upcasts<Us...>`: how events of old versions become today's.
#pragma once

#include "anabranch/core/policy.hpp"

namespace ab {

/// The upcasters of a store: whoever reads sees today's events, whichever version was written.
///
/// An upcaster is a type with one static function `up`, pure and not overloaded:
///
/// | `up` | an old event becomes |
/// |---|---|
/// | `static B up(A const&)` | another: of a later version, or of another name |
/// | `static std::tuple<B, C> up(A const&)`, or an optional, a vector, an array, an `ab::one_of` | several, numbered by `part`, or one of several |
/// | `static void up(A const&)` | none: it is dropped |
/// | `static C up(A const&, B const&)` | nothing by itself: a run of an `A` directly followed by a `B` becomes a `C`, at the revision of the `B` |
/// | `static ab::result<…> up(…)` | one of the above, or an error, which ends the read or the fold |
///
/// What `up` gives may itself be an old version, which its own upcaster takes on. That every version which is declared
/// reaches today's events, and that none goes in a circle, is checked while compiling. Stream, revision, time and position
/// are those of the stored event. Old versions can be read, not written. Where part of a run is missing, its events go
/// each through an upcaster of its own, if there is one; otherwise `errc::broken_run`.
///
/// The set belongs to the store's type and costs nothing where it is empty. An `up` that throws ends the read or the fold
/// like a projection that throws: nothing was changed.
/// @tparam Us upcasters, in any order
template <class... Us>
struct upcasts {
  using policy_axis = upcast_axis;
};

}  // namespace ab
