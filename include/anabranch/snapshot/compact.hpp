/// @file
/// `ab::compact`: a snapshot in the place of the events that are in it.
#pragma once

#include "anabranch/commit.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/projection/concepts.hpp"
#include "anabranch/snapshot/snapshot.hpp"

#include <tuple>
#include <type_traits>

namespace ab {

namespace detail {

template <class First, class... Rest>
constexpr revision earliest(folded<First> const& first, folded<Rest> const&... rest) noexcept {
  revision r = first.through;
  ((r = rest.through < r ? rest.through : r), ...);
  return r;
}

template <class Stream, class... Ps>
constexpr result<revision> compact_into(stream<Stream> const& s, result<folded<Ps>>... states) {
  result<void> ok{};
  ((ok = ok && !states ? result<void>(states.error()) : ok), ...);
  if (!ok) return ok.error();
  auto const through = earliest(*states...);
  auto const done = commit(write_snapshot(s, *std::move(states))..., s.write_truncation(through));
  if (!done) return done.error();
  return std::get<sizeof...(Ps)>(*done);
}

}  // namespace detail

/// Keeps the states of `Ps` over a stream as snapshots and removes the events that are in all of them, in one commit: a
/// crash leaves either both or neither. `ab::load<P>` then gives what a fold of all events gave; revisions go on where they
/// were. Name every projection that will be asked for again: a full fold of another one is `truncated` from then on.
///
/// ```cpp
/// ab::compact<balance, statement>(a);
/// ```
/// @return the revision of the oldest event that is left, or of the next one. Where nothing came since the last time, the
///         same again. `truncated` where one of `Ps` has no snapshot and the events are gone; the storage's errors. Whatever
///         the error, nothing was written.
/// Complexity: the states and the events since their snapshots. Durability: the store's. Threads: as the store's
/// concurrency policy says; who appends meanwhile loses nothing.
template <projection... Ps, class Stream>
constexpr result<revision> compact(stream<Stream> const& s) {
  static_assert(sizeof...(Ps) > 0,
                "ab::compact: name the projections whose states stay, as in ab::compact<balance>(a)");
  if constexpr (sizeof...(Ps) > 0) return detail::compact_into<Stream, Ps...>(s, load<Ps>(s)...);
}

/// `compact`, where `due(s)` says so: `ab::every_events(1000)`, `ab::larger_than(bytes)`, `ab::older_than(nanoseconds)`, or any
/// other callable. To be called after appends, or now and then.
/// @return whether it compacted
template <projection... Ps, class Stream, class Due>
constexpr result<bool> maybe_compact(stream<Stream> const& s, Due const& due) {
  static_assert(
      std::is_invocable_v<Due const&, stream<Stream> const&>,
      "ab::maybe_compact: its second argument says when, given the stream: ab::every_events(1000), "
      "ab::larger_than(1 << 20), ab::older_than(nanoseconds), or a callable that returns bool or ab::result<bool>");
  if constexpr (std::is_invocable_v<Due const&, stream<Stream> const&>) {
    result<bool> const now = due(s);
    if (!now || !*now) return now;
    return compact<Ps...>(s).transform([](revision) { return true; });
  }
}

}  // namespace ab
