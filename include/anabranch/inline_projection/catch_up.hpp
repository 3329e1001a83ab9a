/// @file
/// `ab::catch_up_inlined`: brings an inline projection to where its stream is.
#pragma once

#include "anabranch/commit.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/expectation.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/inline_projection/load.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/projection/concepts.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/snapshot/snapshot.hpp"

#include <utility>

namespace ab {

/// Folds what was appended without the inline projection `P` into its kept state, and keeps it: for a projection that is new,
/// or whose definition is, and after appends that went past it. Nothing to do is no write.
///
/// Begins from the kept state, or from the stream's snapshot. Tries again where somebody appends meanwhile, up to 100 times.
/// @return the state; `truncated` where the events it lacks are gone; the last conflict. O(events it lacks + state).
template <projection P, class Stream>
constexpr result<folded<P>> catch_up_inlined(stream<Stream> const& s) {
  detail::projection_must_begin<P>();
  auto const states = detail::inlined_states<P>(s.node());
  for (int attempt = 1;; ++attempt) {
    auto kept = states.get(s.name());
    if (!kept) return kept.error();
    bool const is_kept = kept->has_value();
    auto const before = is_kept ? (*kept)->through : Stream::none();
    auto state = is_kept ? s.resume(**std::move(kept)) : load<P>(s);
    if (!state && is_kept && state.error() == errc::truncated) state = load<P>(s);
    if (!state || state->through == before) return state;
    auto done = commit(s.expect(exact(state->through)), states.write(s.name(), *std::move(state)));
    if (done || done.error() != errc::wrong_revision || attempt == 100) return done;
  }
}

}  // namespace ab
