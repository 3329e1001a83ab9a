/// @file
/// The operation that keeps a snapshot. Made by `ab::write_snapshot`, run by `ab::commit`.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/kv/operations.hpp"

#include <utility>

namespace ab {

/// Puts a state where `ab::load` finds it, unless a newer one is there: the events between may be gone already. The outcome
/// is the one that is kept.
template <class Table, class State, class Last>
class [[nodiscard("an operation does nothing until ab::commit")]] snapshot_write_operation
    : public detail::replacing<Table> {
 public:
  using outcome_type = State;

  /// @param last says how far the log is: a state that claims more is of no use
  constexpr snapshot_write_operation(result<Table*> const& t, result<name> key, State s, Last last)
      : detail::replacing<Table>(t, std::move(key)), state_(std::move(s)), last_(last) {}

  constexpr bool check(detail::refusal& err) const { return this->usable(err); }
  constexpr bool stage(detail::refusal& err) {
    if (auto const* e = this->find()) {
      auto kept = this->table().value_of(*e);
      if (kept && kept->through > state_.through && kept->through <= last_()) {
        state_ = *std::move(kept);
        return true;
      }
    }
    return this->place(state_, err);
  }
  constexpr outcome_type outcome() { return std::move(state_); }

 private:
  State state_;
  Last last_;
};

}  // namespace ab
