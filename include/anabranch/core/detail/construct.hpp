// std::construct_at and std::destroy_at reach us through <vector>: <memory> alone would be most of a header's budget.
#pragma once

#include "anabranch/core/inline.hpp"

#include <utility>
#include <vector>

namespace ab::detail {

template <class T, class... Args>
ANABRANCH_ALWAYS_INLINE constexpr T* construct(T* at, Args&&... args) {
  return std::construct_at(at, std::forward<Args>(args)...);
}

}  // namespace ab::detail
