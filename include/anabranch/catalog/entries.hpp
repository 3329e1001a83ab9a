/// @file
/// What a catalog lists.
#pragma once

#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/name.hpp"

#include <compare>
#include <cstddef>

namespace ab {

/// A stream as the catalog lists it.
struct stream_entry {
  ab::name name;
  revision first{};        ///< of the oldest event that is stored; one above `last` where all were truncated
  revision last{};         ///< the last revision given out, which truncation doesn't take back
  std::size_t stored = 0;  ///< how many events are left
  std::size_t family = 0;  ///< the place of the stream's event family among the store's

  friend constexpr auto operator<=>(stream_entry const&, stream_entry const&) = default;
};

/// A table as the catalog lists it.
struct table_entry {
  ab::name name;
  std::size_t keys = 0;

  friend constexpr auto operator<=>(table_entry const&, table_entry const&) = default;
};

/// Asks a catalog for the reserved names, those that start with `$`, too.
inline constexpr struct with_reserved_t {
} with_reserved{};

}  // namespace ab
