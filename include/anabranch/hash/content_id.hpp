/// @file
/// `ab::content_id`: the name of a value by what it is.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/definition.hpp"
#include "anabranch/core/families.hpp"
#include "anabranch/hash/concepts.hpp"
#include "anabranch/hash/sha256.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace ab {

namespace detail {

// A `byte_sink` that hashes what is written to it. Small pieces take no allocation.
template <class Hash>
class hashing_sink {
 public:
  constexpr hashing_sink() noexcept {}

  constexpr std::byte* extend(std::size_t n) {
    flush();
    if (n > sizeof small_) grow(n);
    piece_ = {n > sizeof small_ ? large_.data() : small_, n};
    return n > sizeof small_ ? large_.data() : small_;
  }
  constexpr typename Hash::digest finish() noexcept {
    flush();
    return hash_.finish();
  }

 private:
  constexpr void flush() noexcept {
    if (!piece_.empty()) hash_.update(piece_);
    piece_ = {};
  }
  constexpr void grow(std::size_t n) {
    if (std::is_constant_evaluated())
      while (large_.size() < n) large_.push_back({});  // Clang can't resize libstdc++ 12's vector there
    else if (large_.size() < n)
      large_.resize(n);
  }

  Hash hash_{};
  std::byte small_[256];  // not cleared: only what was written to is read
  bytes large_{};
  bytes_view piece_{};
};

template <class T>
consteval bool must_have_content_id() {
  static_assert(std::is_class_v<T> || std::is_enum_v<T>,
                "ab::content_id: a number has no name that tells it from other types; put it into a struct");
  return std::is_class_v<T> || std::is_enum_v<T>;
}

}  // namespace detail

/// The digest that names `value` by its content: of its type's definition and its encoding. Equal values of one type have
/// equal ids, on every machine; values of different types or versions don't, even where their bytes are the same.
///
/// Hashed are, in the canonical format: the definition's name (a length and the bytes), its version (4 bytes), and the value
/// as `Codec` writes it, which has to write equal values alike, as `canonical_codec` does. A `one_of` has the id of
/// what it holds. What isn't a field of the value lies outside: when it was appended, as which revision, where it is stored.
/// O(size). Allocates nothing for values of up to 256 bytes. Throws what `Codec::encode` throws.
/// @tparam Hash a hash policy
template <class Hash = sha256, class T, class Codec = canonical_codec>
constexpr typename Hash::digest content_id(T const& value, Codec = {}) {
  static_assert(detail::must_be_hash<Hash>());
  if constexpr (detail::is_one_of<T>) {
    return value.visit([](auto const& held) { return content_id<Hash>(held, Codec{}); });
  } else if constexpr (detail::must_have_content_id<T>()) {
    Codec::template require<T>();
    detail::hashing_sink<Hash> sink;
    canonical_codec::encode(definition_of<T>.name, sink);
    canonical_codec::encode(definition_of<T>.version, sink);
    Codec::encode(value, sink);
    return sink.finish();
  }
}

}  // namespace ab
