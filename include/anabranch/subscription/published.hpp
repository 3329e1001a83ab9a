/// @file
/// `ab::published`: what a commit through a hub gave out, and which subscribers failed on it.
#pragma once

#include "anabranch/core/error.hpp"
#include "anabranch/core/identifiers.hpp"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string_view>
#include <vector>

namespace ab {

/// A subscriber that failed on an event. The event is committed, and the other subscribers have seen it.
struct undelivered {
  std::uint64_t subscriber = 0;    ///< the `subscription::id` of who failed; 0 where the events couldn't be read back
  std::string_view stream{};       ///< lives as long as the store
  ab::revision revision{};         ///< of the event
  error why{};                     ///< what the subscriber said, or `errc::thrown`
  std::exception_ptr exception{};  ///< what it threw, if it did
};

/// How the delivery of a commit went.
struct delivery {
  std::vector<undelivered> failures{};  ///< in the order in which they happened
  std::size_t unlisted = 0;             ///< further failures, for which there was no memory left
  bool deferred = false;  ///< committed from inside a subscriber: delivered after what is being delivered, and failures
                          ///< then come with the commit from which that is done

  /// Whether every subscriber that was to be told was told, and none failed.
  bool complete() const noexcept { return failures.empty() && unlisted == 0 && !deferred; }
};

/// The outcome of a commit through a hub: committed in any case.
template <class Outcome>
struct published : delivery {
  Outcome outcome;  ///< what `ab::commit` gives: a receipt of an append, a tuple of several outcomes
};
template <>
struct published<void> : delivery {};

}  // namespace ab
