/// @file
/// Stores `std::vector`: a length and the elements.
#pragma once

#include "anabranch/codec/detail/sequence.hpp"

#include <vector>

namespace ab::detail::canonical {

template <class T, class Allocator>
  requires std::is_default_constructible_v<Allocator>
struct format<std::vector<T, Allocator>> : sequence<std::vector<T, Allocator>> {};

}  // namespace ab::detail::canonical
