/// @file
/// `ab::map_entry`: what a map of the container policies holds.
#pragma once

#include <type_traits>
#include <utility>

namespace ab {

/// A key and its value. A key that is in a map stays as it is.
template <class K, class V>
struct map_entry {
  K key{};
  [[no_unique_address]] V value{};

  friend constexpr bool operator==(map_entry const&, map_entry const&) = default;
};

/// The value of a map that is a set.
struct no_value {
  friend constexpr bool operator==(no_value, no_value) = default;
};

/// What `get_or_insert` gives.
template <class V>
struct placed {
  V* value = nullptr;     ///< null only where a container of fixed capacity is full
  bool inserted = false;  ///< it is new
};

}  // namespace ab
