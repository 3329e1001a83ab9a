/// @file
/// `ab::handle`: from a command to appended events.
#pragma once

#include "anabranch/core/families.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/decider/concepts.hpp"
#include "anabranch/decider/handled.hpp"
#include "anabranch/decider/retry_append.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/snapshot/snapshot.hpp"

#include <type_traits>
#include <utility>

namespace ab {

/// Handles a command: reads the stream's state, lets the decider decide on it, and appends the events of the decision if
/// nobody else appended meanwhile; otherwise reads only what they appended, and decides again.
///
/// ```cpp
/// auto r = ab::handle(bank.stream("account/42"), teller{}, withdraw{200});
/// ```
///
/// @param command one that the decider decides, or an `ab::one_of` of such
/// @param options any of, in any order: `ab::retry(attempts, wait)` (8, and no wait), `ab::from_snapshot` or
///        `ab::snapshot_every(n)` (neither: all events are read), `ab::also(f)` for further operations of the same commit,
///        `ab::with(m)` for the events' metadata
/// @return `ab::handled`: the new state, the receipt and the number of attempts. Errors: what the decision refused with,
///         about this stream where it named no place (`errc::refused`); `wrong_revision`, with expected and actual, or
///         `value_mismatch` from an operation of `ab::also`, where the attempts are used up; `truncated` where the
///         stream's first events are gone and no snapshot is started from; the storage's. Whatever the error, nothing
///         was written.
/// Complexity: reading the state, then each attempt the events that others appended. Durability: the storage's. Threads:
/// as the store's concurrency policy says; the decision runs outside of the store's lock, and the state's steps for the new
/// events within.
template <class Stream, class D, class Command, class... Options>
constexpr auto handle(stream<Stream> s, D const& decider, Command const& command, Options... options) {
  if constexpr (detail::must_be_decider<D>() && detail::must_be_options<Options...>()) {
    using state = typename D::state;
    if constexpr (detail::is_one_of<Command> && !decides<D, Command>) {
      return command.visit([&]<class C>(C const& c) -> result<handled<state, typename Stream::receipt_type>> {
        if constexpr (detail::must_decide<D, C>()) return handle(s, decider, c, std::move(options)...);
      });
    } else if constexpr (detail::must_decide<D, Command>()) {
      auto const decide = [&](state const& now) { return decider.decide(command, now); };
      detail::no_snapshots none;
      auto& snapshots = detail::option_or<detail::snapshot_option>(none, options...);
      if constexpr (std::remove_cvref_t<decltype(snapshots)>::loads)
        return detail::decide_and_append(s, load<state>(s), decide, options...);
      else
        return detail::decide_and_append(s, s.template project<state>(), decide, options...);
    }
  }
}

}  // namespace ab
