/// @file
/// What containers ask of keys, for messages that say so.
#pragma once

#include <concepts>

namespace ab::detail {

template <class K>
concept has_equality = requires(K const& a, K const& b) {
  { a == b } -> std::convertible_to<bool>;
};
template <class K>
concept has_order = requires(K const& a, K const& b) {
  { a < b } -> std::convertible_to<bool>;
};

}  // namespace ab::detail
