/// @file
/// `ab::load_inlined`: the state of an inline projection, without folding.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/projection/concepts.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/snapshot/snapshot.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

// Of all streams, by the stream's name. A state of another version or shape lies in another table.
template <class P, class Stream>
constexpr auto inlined_states(Stream& s) {
  return snapshots<P, revision>(*s.engine, "inline");
}

// Whether a kept state is that of all events through `last`; the initial one, where nothing is kept of an empty stream.
template <class P, class Stream>
constexpr bool is_whole(std::optional<folded<P>>& kept, Stream const& s, refusal& err) {
  auto const last = s.last();
  if (!kept && last == Stream::none()) kept.emplace(folded<P>{P{}, last});
  if (kept && kept->through == last) return true;
  if (kept && kept->through > last) {
    err = error(errc::out_of_range, "the state of an inline projection claims more events than the stream has",
                "fold the stream, and find out who wrote the state", s.key().view())
              .with(last.value, kept->through.value);
  } else {
    err = error(errc::lagging, "an inline projection is behind its stream: events were appended without it",
                "bring it up with ab::catch_up_inlined, and append with ab::inlined everywhere", s.key().view())
              .with(last.value, kept ? kept->through.value : Stream::none().value);
  }
  return false;
}

}  // namespace detail

/// The state of the inline projection `P` over a stream. Reads what is kept, folds nothing.
/// @return the initial state for an empty stream; `lagging` where events were appended without `ab::inlined<P>`. O(state).
template <projection P, class Stream>
constexpr result<folded<P>> load_inlined(stream<Stream> const& s) {
  detail::projection_must_begin<P>();
  auto const states = detail::inlined_states<P>(s.node());
  auto const lock = s.node().engine->guard();
  detail::refusal err;
  if (!s.node().usable(err)) return err;
  auto kept = states.get(s.name());
  if (!kept) return kept.error();
  if (!detail::is_whole<P>(*kept, s.node(), err)) return err;
  return **std::move(kept);
}

}  // namespace ab
