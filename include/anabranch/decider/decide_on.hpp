/// @file
/// `ab::decide_on`: a decision on one more stream, for the same commit.
#pragma once

#include "anabranch/core/expectation.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/decider/concepts.hpp"
#include "anabranch/decider/detail/decision_operation.hpp"
#include "anabranch/decider/retry_append.hpp"
#include "anabranch/decider/snapshots.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/snapshot/snapshot.hpp"

#include <tuple>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

template <class Stream, class D, class Command>
constexpr auto operations_on(stream<Stream> const& s, D const& decider, Command const& command,
                             result<folded<typename D::state>> const& now) {
  using said = std::remove_cvref_t<decltype(decider.decide(command, now->state))>;
  using decision = typename std::conditional_t<is_result<said>, said, result<said>>::value_type;
  using expect_type = expect_operation<Stream, exact>;
  using write_type = decision_operation<Stream, decision, leave<typename D::state>>;
  using operations = std::tuple<expect_type, write_type>;
  if (!now) return result<operations>(now.error());
  result<decision> decided = decider.decide(command, now->state);
  if (!decided) return result<operations>(said_at(decided.error(), s));
  return result<operations>(operations(s.expect(exact(now->through)), write_type(s.node(), *std::move(decided), {})));
}

}  // namespace detail

/// Reads a stream's state, decides on it, and gives the operations that append the decision where nobody else appended
/// meanwhile. So that one command decides on two streams, and both or neither change:
///
/// ```cpp
/// ab::handle(alice, teller{}, withdraw{200}, ab::also([&] { return ab::decide_on(bob, teller{}, deposit{200}); }));
/// ```
/// @return a `std::tuple` of operations, for `ab::also` or, one by one, for `ab::commit`; or the error of reading or deciding
template <class Stream, class D, class Command>
constexpr auto decide_on(stream<Stream> s, D const& decider, Command const& command) {
  if constexpr (detail::must_be_decider<D>()) {
    if constexpr (detail::must_decide<D, Command>())
      return detail::operations_on(s, decider, command, s.template project<typename D::state>());
  }
}
/// The same from the stream's snapshot: `ab::decide_on(bob, teller{}, deposit{200}, ab::from_snapshot)`.
template <class Stream, class D, class Command>
constexpr auto decide_on(stream<Stream> s, D const& decider, Command const& command, from_snapshot_t) {
  if constexpr (detail::must_be_decider<D>()) {
    if constexpr (detail::must_decide<D, Command>())
      return detail::operations_on(s, decider, command, load<typename D::state>(s));
  }
}

}  // namespace ab
