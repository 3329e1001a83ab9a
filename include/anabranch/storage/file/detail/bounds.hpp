/// @file
/// The smaller and the larger of two numbers. `<algorithm>` would double what a header here costs to compile.
#pragma once

#include <cstdint>

namespace ab::file::detail {

constexpr std::uint64_t least(std::uint64_t a, std::uint64_t b) noexcept { return a < b ? a : b; }
constexpr std::uint64_t most(std::uint64_t a, std::uint64_t b) noexcept { return a < b ? b : a; }

}  // namespace ab::file::detail
