/// @file
/// A codec's limits, asked before anything is staged.
#pragma once

#include "anabranch/core/result.hpp"

#include <string_view>

namespace ab::detail {

// Whether a codec that has limits can store a value.
template <class Codec, class T>
result<void> check_value(T const& value, std::string_view where) {
  if constexpr (requires { Codec::check(value); }) {
    if (auto const ok = Codec::check(value); !ok) return ok.error().at(where);
  }
  return {};
}

}  // namespace ab::detail
