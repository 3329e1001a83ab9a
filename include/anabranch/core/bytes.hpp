/// @file
/// Bytes, owned and viewed.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ab {

/// Bytes that are owned.
using bytes = std::vector<std::byte>;

/// Bytes that somebody else owns.
using bytes_view = std::span<std::byte const>;

}  // namespace ab
