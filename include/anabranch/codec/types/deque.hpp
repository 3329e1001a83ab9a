/// @file
/// Stores `std::deque`, with the bytes of a vector of the same elements.
#pragma once

#include "anabranch/codec/detail/sequence.hpp"

#include <deque>

namespace ab::detail::canonical {

template <class T, class Allocator>
  requires std::is_default_constructible_v<Allocator>
struct format<std::deque<T, Allocator>> : sequence<std::deque<T, Allocator>> {};

}  // namespace ab::detail::canonical
