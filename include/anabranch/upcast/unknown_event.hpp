/// @file
/// `ab::unknown_event`: what an event is read as whose type the program doesn't declare.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/definition.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ab {

/// Put into a family, it lets a store be opened that holds types, or versions of types, which the program doesn't declare:
/// their events pass through as this, with all that was stored. Without it such a store is refused. It can't be appended.
///
/// In a store of several families, a stream that began with an unknown type belongs to the family that lists this one.
struct unknown_event {
  static constexpr ab::definition definition{"unknown_event", 0};

  std::string name;           ///< the stored name of its type
  std::uint32_t version = 0;  ///< the stored version
  bytes data;                 ///< encoded by the store's codec

  std::string_view stored_name() const noexcept { return name; }
  friend bool operator==(unknown_event const&, unknown_event const&) = default;
};

}  // namespace ab
