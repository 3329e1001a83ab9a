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
/// - `latest()`, where it has one: the newest stamp given out or observed; what a store's server tells its clients
template <class C>
concept clock = policy<C> && std::same_as<typename C::policy_axis, clock_axis> && std::default_initializable<C> &&
                std::totally_ordered<typename C::stamp> && std::is_nothrow_move_constructible_v<typename C::stamp> &&
                requires(C& c, typename C::stamp const& s) {
                  { c.now() } noexcept -> std::same_as<typename C::stamp>;
                  { c.observe(s) } noexcept;
                };

namespace detail {

// One message a requirement, so that all that is missing shows at once.
template <class C>
consteval bool must_be_clock() {
  static_assert(std::default_initializable<C>,
                "clock policy: a store makes its clock itself, so it needs a default constructor");
  static_assert(
      requires { typename C::stamp; }, "clock policy: it needs a type `stamp`, what an event's `at` is");
  if constexpr (requires { typename C::stamp; }) {
    using stamp = typename C::stamp;
    static_assert(std::totally_ordered<stamp>,
                  "clock policy: stamps are compared, so `stamp` needs all of == != < <= > >=");
    static_assert(std::is_nothrow_move_constructible_v<stamp>,
                  "clock policy: `stamp` needs a move constructor that is noexcept");
    static_assert(
        requires(C& c) {
          { c.now() } noexcept -> std::same_as<stamp>;
        }, "clock policy: it needs `stamp now() noexcept`, later each time");
    static_assert(
        requires(C& c, stamp const& s) {
          { c.observe(s) } noexcept;
        }, "clock policy: it needs `void observe(stamp) noexcept`, after which now() is later than that stamp");
  }
  return true;
}

}  // namespace detail

}  // namespace ab
