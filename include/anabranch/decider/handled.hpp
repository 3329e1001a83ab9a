/// @file
/// `ab::handled`: what came of a command.
#pragma once

#include "anabranch/projection/folded.hpp"

namespace ab {

/// What came of a command: the state with the command's events in it, and where they were written.
/// @tparam Receipt the stream's `receipt`
template <class P, class Receipt>
struct handled {
  folded<P> state;    ///< through the last of the events; resume or decide from it later
  Receipt receipt{};  ///< of the events; where there are none, that of an empty batch
  int attempts = 1;   ///< how often it was decided
};

}  // namespace ab
