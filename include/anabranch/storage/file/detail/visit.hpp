/// @file
/// Calling what a user passes for each frame.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/frame.hpp"

#include <type_traits>
#include <utility>

namespace ab::file::detail {

template <class F>
inline constexpr bool visits_void = std::is_void_v<decltype(std::declval<F&>()(std::declval<frame const&>()))>;

}  // namespace ab::file::detail
