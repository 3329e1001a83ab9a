/// @file
/// `ab::append_inlined`: an append with its projections, as one call.
#pragma once

#include "anabranch/commit.hpp"
#include "anabranch/core/expectation.hpp"
#include "anabranch/inline_projection/inlined.hpp"
#include "anabranch/log/stream.hpp"

#include <type_traits>
#include <utility>

namespace ab {

/// Appends events as `s.append` does, after an expectation if the first argument is one, and keeps the states of the
/// projections `P, Ps...` with them, in the same commit. @return the receipt; the errors of the append, and `lagging`
template <projection P, projection... Ps, class Stream, class First, class... Rest>
constexpr auto append_inlined(stream<Stream> const& s, First&& first, Rest&&... rest) {
  if constexpr (detail::is_expectation<std::remove_cvref_t<First>>)
    return commit(s.expect(first), inlined<P, Ps...>(s.write(std::forward<Rest>(rest)...)));
  else
    return commit(inlined<P, Ps...>(s.write(std::forward<First>(first), std::forward<Rest>(rest)...)));
}

}  // namespace ab
