/// @file
/// How every storage runs the operations of a commit: check all, stage all, finish, or undo.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/core/result.hpp"

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab::detail {

// The results of the operations that write, in order: none, the one, or a tuple.
template <class... Outcomes>
struct outcomes_of {
  using type = std::tuple<Outcomes...>;
};
template <class Outcome>
struct outcomes_of<Outcome> {
  using type = Outcome;
};
template <>
struct outcomes_of<> {
  using type = void;
};

template <class Kept, class... Ops>
struct select_outcomes;
template <class... Kept>
struct select_outcomes<std::tuple<Kept...>> {
  using type = typename outcomes_of<Kept...>::type;
};
template <class... Kept, class Op, class... Rest>
struct select_outcomes<std::tuple<Kept...>, Op, Rest...>
    : select_outcomes<std::conditional_t<std::is_void_v<typename Op::outcome_type>, std::tuple<Kept...>,
                                         std::tuple<Kept..., typename Op::outcome_type>>,
                      Rest...> {};

template <class... Ops>
using outcomes = typename select_outcomes<std::tuple<>, Ops...>::type;

// Counts what is under way, also where an exception ends it.
struct [[nodiscard]] depth {
  int& count;
  constexpr explicit depth(int& n) noexcept : count(n) { ++count; }
  depth(depth const&) = delete;
  depth& operator=(depth const&) = delete;
  constexpr ~depth() { --count; }
};

// Whether an operation runs none of the caller's code while it is staged.
template <class Op>
concept quiet = requires { requires Op::quiet; };

template <class Op>
struct undo_guard {
  Op* op;
  constexpr explicit undo_guard(Op& o) noexcept : op(&o) {}
  undo_guard(undo_guard const&) = delete;
  undo_guard& operator=(undo_guard const&) = delete;
  constexpr ~undo_guard() {
    if (op != nullptr) op->undo();
  }
  constexpr void keep() noexcept { op = nullptr; }
};

template <class Transaction>
ANABRANCH_ALWAYS_INLINE constexpr bool stage_all(Transaction& tx, refusal& err) {
  return tx.finish(err);
}
template <class Transaction, class Op, class... Rest>
ANABRANCH_ALWAYS_INLINE constexpr bool stage_all(Transaction& tx, refusal& err, Op& op, Rest&... rest) {
  if constexpr (std::is_void_v<typename Op::outcome_type>) {
    return stage_all(tx, err, rest...);
  } else {
    undo_guard<Op> undo(op);
    if (!op.stage(err) || !stage_all(tx, err, rest...)) return false;
    undo.keep();
    return true;
  }
}

template <class... Ops>
ANABRANCH_ALWAYS_INLINE constexpr auto outcome_tuple(Ops&... ops) {
  return std::tuple_cat([&] {
    if constexpr (std::is_void_v<typename Ops::outcome_type>)
      return std::tuple<>{};
    else
      return std::tuple<typename Ops::outcome_type>(ops.outcome());
  }()...);
}

template <class Op>
ANABRANCH_ALWAYS_INLINE constexpr void settle(Op& op) noexcept {
  if constexpr (requires { op.settle(); }) op.settle();
}

// All checks see the store as it was before the commit; staging runs from left to right and sees what it staged.
template <class Transaction, class... Ops>
ANABRANCH_ALWAYS_INLINE constexpr bool run(Transaction& tx, refusal& err, Ops&... ops) {
  if (!(ops.check(err) && ...) || !stage_all(tx, err, ops...)) return false;
  (settle(ops), ...);
  return true;
}

template <class... Ops>
ANABRANCH_ALWAYS_INLINE constexpr result<outcomes<Ops...>> outcome_of(Ops&... ops) {
  constexpr auto writing = (std::size_t{0} + ... + (std::is_void_v<typename Ops::outcome_type> ? 0U : 1U));
  if constexpr (writing == 0)
    return {};
  else if constexpr (writing == 1)
    return std::get<0>(outcome_tuple(ops...));
  else
    return outcome_tuple(ops...);
}

}  // namespace ab::detail
