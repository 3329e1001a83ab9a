/// @file
/// `ab::encode`: a value as bytes, in the canonical format.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/core/bytes.hpp"

#include <cstddef>
#include <type_traits>

namespace ab {

/// A `byte_sink` that adds to the end of `to`.
struct append_bytes {
  bytes& to;

  constexpr std::byte* extend(std::size_t n) {
    auto const before = to.size();
    if (std::is_constant_evaluated())
      for (std::size_t i = 0; i < n; ++i) to.push_back({});  // Clang can't resize libstdc++ 12's vector there
    else
      to.resize(before + n);
    return to.data() + before;
  }
};

/// The canonical encoding of `value`. Throws `bad_alloc` as `canonical_codec::encode` does.
template <class T>
constexpr bytes encode(T const& value) {
  bytes all;
  append_bytes sink{all};
  canonical_codec::encode(value, sink);
  return all;
}

}  // namespace ab
