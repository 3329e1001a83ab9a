/// @file
/// `ab::memory_storage`: typed events in memory.
#pragma once

#include "anabranch/core/policy.hpp"
#include "anabranch/storage/memory/engine.hpp"

namespace ab {

/// Keeps events, values and snapshots as typed objects in memory, without serialisation; gone with the store. The default.
///
/// An append costs what `push_back` does. Usable in a constant expression. Handles stay valid when the store is moved.
struct memory_storage {
  using policy_axis = storage_axis;
  static constexpr bool durable = false;

  template <class Schema>
  using engine = detail::memory_engine<Schema>;
};

}  // namespace ab
