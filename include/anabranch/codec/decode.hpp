/// @file
/// `ab::decode`: the value that bytes stand for, in the canonical format.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/core/bytes.hpp"

namespace ab {

/// The value that the whole of `in` is the canonical encoding of.
/// @return `malformed`, with the offset, where it is none
template <class T>
constexpr result<T> decode(bytes_view in) {
  return canonical_codec::decode<T>(in);
}

/// A `T` with a view in it would point into bytes that are gone: name them first.
template <class T>
  requires(canonical_codec::borrows<T>)
constexpr result<T> decode(bytes const&&) = delete;

}  // namespace ab
