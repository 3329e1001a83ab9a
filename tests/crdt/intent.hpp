// What each type is meant to show: a naive specification for each type of `types.hpp`.
#pragma once

#include <anabranch/testing/model_checker.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "types.hpp"

namespace intent {

using ab::testing::done_operation;
using ab::testing::known_operations;
using ab::testing::operation;
using crdt::item;
using crdt::tick;
using flat = ab::flat_containers;

// Specialised for each type.
template <class State>
struct of {
  static_assert(sizeof(State) == 0, "tests/crdt/intent_*.cpp: say what this type is meant to show");
};

template <class F>
bool any(known_operations const& known, F const& f) {
  return std::any_of(known.begin(), known.end(), f);
}
// Whether an operation that `f` holds of has seen this one.
template <class F>
bool seen_by(known_operations const& known, done_operation const& op, F const& f) {
  return any(known, [&](done_operation const& later) { return later.saw(op) && f(later); });
}
// Those that had reached `op`'s replica.
inline known_operations before(known_operations const& known, done_operation const& op) {
  known_operations seen;
  for (auto const& o : known)
    if (op.saw(o)) seen.add(o);
  return seen;
}

template <class State>
std::set<int> elements(State const& s) {
  std::set<int> all;
  s.each([&](int v) { all.insert(v); });
  return all;
}

// A counter that shows what no reset had seen.
template <class State>
struct until_reset {
  using state = State;
  static constexpr auto operations() {
    return std::tuple(operation{"increment(#)", [](state& s, ab::replica r) { return s.increment(r); }},
                      operation{"increment(#, 5)", [](state& s, ab::replica r) { return s.increment(r, 5); }},
                      operation{"decrement(#, 25)", [](state& s, ab::replica r) { return s.decrement(r, 25); }},
                      operation{"reset()", [](state& s) { return s.reset(); }});
  }
  static std::int64_t observed(state const& s) { return s.value(); }
  static std::int64_t expected(known_operations const& known) {
    constexpr std::array<std::int64_t, 4> amounts{1, 5, -25, 0};
    std::int64_t sum = 0;
    for (auto const& o : known)
      if (!seen_by(known, o, [](auto const& later) { return later.kind == 3; })) sum += amounts[o.kind];
    return sum;
  }
};

template <class State>
ab::testing::verdict small() {
  return ab::check_model<of<State>>();
}
template <class State>
ab::testing::verdict large() {
  return ab::check_model<of<State>>({3, 4, 100000000});
}

}  // namespace intent
