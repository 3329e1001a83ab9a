/// @file
/// `ab::any_order`, `ab::causal_order`, models of `ab::delivery_order`: what a channel promises, and `ab::requires_causal_delivery`: what a state needs.
#pragma once

#include "anabranch/lattice/concepts.hpp"

#include <concepts>
#include <type_traits>

namespace ab {

/// `O` is a channel's promise. Models: `any_order`, `causal_order`.
template <class O>
concept delivery_order = requires {
  { O::delivers_causally } -> std::convertible_to<bool>;
};

/// Deltas are taken as they come.
struct any_order {
  static constexpr bool delivers_causally = false;
};

/// A delta is taken once all that its sender knew before is here.
struct causal_order {
  static constexpr bool delivers_causally = true;
};

namespace detail {

template <class State>
consteval bool needs_causal_delivery();
template <class... Fields>
consteval bool any_needs(lattices::types<Fields...>) {
  return (needs_causal_delivery<Fields>() || ...);
}
consteval bool any_needs(canonical::has_bit_field) { return true; }
template <class State>
consteval bool needs_causal_delivery() {
  if constexpr (requires { State::requires_causal_delivery; })
    return State::requires_causal_delivery;
  else if constexpr (lattices::is_struct_of_lattices<State>())
    return any_needs(lattices::fields_of<State>{});
  else
    return false;
}

// Whether what an order promises is enough for a state; what is no order is refused by another message.
template <class Order, class State>
consteval bool delivers_enough() {
  if constexpr (delivery_order<Order>)
    return Order::delivers_causally || !needs_causal_delivery<State>();
  else
    return true;
}

}  // namespace detail

/// Whether deltas of a `State` may only be joined in an order that causes come before effects. Of a struct: whether any
/// field needs it. A type of yours says so by `static constexpr bool requires_causal_delivery = true;`.
template <class State>
inline constexpr bool requires_causal_delivery = detail::needs_causal_delivery<State>();

}  // namespace ab
