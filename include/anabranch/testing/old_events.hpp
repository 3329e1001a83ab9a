/// @file
/// `ab::testing::append_old`: events as an older program wrote them.
#pragma once

#include "anabranch/commit.hpp"
#include "anabranch/log/operations.hpp"
#include "anabranch/log/stream.hpp"

#include <type_traits>

namespace ab::testing {

/// Appends events of old versions, which a program can't, to test what upcasters make of them: on any storage, in one
/// commit. @return as `stream::append`
template <class Stream, class... Events>
constexpr auto append_old(stream<Stream> const& s, Events const&... events) {
  static_assert((Stream::stored::template has<Events> && ...),
                "append_old: this type is neither an event of the stream's family nor an old version of one");
  return commit(write_operation<Stream, ab::detail::by_clock, Events...>(s.node(), {}, {}, events...));
}

}  // namespace ab::testing
