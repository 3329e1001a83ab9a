/// @file
/// What a store asks of a clock.
#pragma once

#include "anabranch/core/policy.hpp"

#include <concepts>
#include <type_traits>

namespace ab {

/// Tells the `at` of events: each `now()` is later than the one before and than every stamp that was observed.
///
/// Models: `no_clock`, `manual_clock`, `system_clock`.
/// - `stamp`: a regular, totally ordered type; an empty one costs an event nothing
/// - `now()`: the next stamp
/// - `observe(s)`: makes later stamps come after `s`; called for what a reopened store holds
template <class C>
concept clock = policy<C> && std::same_as<typename C::policy_axis, clock_axis> && std::default_initializable<C> &&
                std::totally_ordered<typename C::stamp> && std::is_nothrow_move_constructible_v<typename C::stamp> &&
                requires(C& c, typename C::stamp const& s) {
                  { c.now() } noexcept -> std::same_as<typename C::stamp>;
                  { c.observe(s) } noexcept;
                };

}  // namespace ab
