/// @file
/// `ab::map_entry`: what a map of the container policies holds.
#pragma once

#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

// Whether moving a value elsewhere and forgetting the old one is copying its bytes.
template <class T>
inline constexpr bool relocatable = std::is_trivially_copyable_v<T>;
template <class T>
  requires requires { T::relocatable; }
inline constexpr bool relocatable<T> = T::relocatable;

}  // namespace detail

/// A key and its value. A key that is in a map stays as it is.
template <class K, class V>
struct map_entry {
  static_assert(!std::is_floating_point_v<K>,
                "a floating-point number is no key: -0 equals 0 and has other bytes, and NaN equals nothing; take an "
                "integer, in the unit that matters");
  K key{};
  [[no_unique_address]] V value{};

  constexpr map_entry() = default;
  template <class... Args>
  constexpr explicit map_entry(K k, Args&&... args) : key(std::move(k)), value(std::forward<Args>(args)...) {}
  static constexpr bool relocatable = detail::relocatable<K> && detail::relocatable<V>;

  // Not by default, which Clang 16 refuses where a key's own isn't constexpr.
  friend constexpr bool operator==(map_entry const& a, map_entry const& b) {
    return a.key == b.key && a.value == b.value;
  }
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
