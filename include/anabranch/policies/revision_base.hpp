/// @file
/// The revision base axis: the number of a stream's first event.
#pragma once

#include "anabranch/core/policy.hpp"

#include <cstdint>

namespace ab {

/// A stream's first event has revision `First`; `First - 1` means "none". The default is 1, other systems count from 0.
template <std::int64_t First>
struct revisions_from {
  static_assert(First >= 0, "ab::revisions_from counts from 0 or more");
  using policy_axis = revision_base_axis;
  static constexpr std::int64_t first = First;
};

}  // namespace ab
