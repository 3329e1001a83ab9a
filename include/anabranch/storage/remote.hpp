/// @file
/// `ab::remote_storage`: a store that another process keeps.
#pragma once

#include "anabranch/core/policy.hpp"
#include "anabranch/storage/remote/engine.hpp"
#include "anabranch/storage/remote/transport.hpp"

namespace ab {

/// A store that a server keeps, `ab::remote::server`, on whatever storage: the same program as on that storage itself.
///
/// `open(transport)` asks the server whether both sides mean the same events and policies; where not, `errc::wrong_format`.
/// Nothing is kept here but where the streams stood when last heard of. A read is at least one request; a commit is one, and one
/// more for each key that it looks at. The server checks and writes as one step; where somebody else was faster with something
/// that the commit relied on, it is staged again, so that the functions that are passed to `update` and the like may run more
/// than once. What gives no `ab::result`, such as `a.last()`, is what was last heard of where the server can't be asked.
/// Durability: the server's storage's. A commit whose answer is lost ends in `errc::disconnected`, and may have happened.
/// Stamps come from this side's clock, which goes on from the server's newest.
/// @tparam Transport an `ab::remote_transport`
template <class Transport>
struct remote_storage {
  using policy_axis = storage_axis;
  static constexpr bool durable = true;
  static_assert(detail::must_be_transport<Transport>());

  template <class Schema>
  using engine = detail::remote_engine<Schema, Transport>;
};

}  // namespace ab
