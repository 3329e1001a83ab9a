/// @file
/// `ab::blob_ref`: what an event or a value holds of a blob.
#pragma once

#include "anabranch/core/definition.hpp"
#include "anabranch/hash/concepts.hpp"
#include "anabranch/hash/sha256.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ab {

namespace detail {

// "blob_ref", and which hash made its id, so that references by different hashes are different content.
template <class Hash>
struct blob_ref_name {
  static constexpr std::string_view head = "blob_ref-", tail = Hash::name;
  struct letters {
    char of[head.size() + tail.size()] = {};
  };
  static constexpr letters text = [] {
    letters t;
    for (std::size_t i = 0; i < head.size(); ++i) t.of[i] = head[i];
    for (std::size_t i = 0; i < tail.size(); ++i) t.of[head.size() + i] = tail[i];
    return t;
  }();
  static constexpr std::string_view view{text.of, sizeof text.of};
};

}  // namespace detail

/// A reference to bytes in a blob store: a plain value, to be put into events and key-values in place of the bytes.
///
/// It says what the bytes are and not where they lie, so it may travel: whoever lacks them fetches them, and can tell that
/// they are the right ones. Put the blob first, then commit what names it.
/// @tparam Hash a hash policy
template <class Hash>
struct basic_blob_ref {
  static_assert(detail::must_be_hash<Hash>());
  static constexpr ab::definition definition{detail::blob_ref_name<Hash>::view, 1};

  typename Hash::digest id{};  ///< of the bytes
  std::uint64_t size = 0;      ///< in bytes
  std::string media_type{};    ///< "image/png"; said by whoever put it, and not part of the id

  friend bool operator==(basic_blob_ref const&, basic_blob_ref const&) = default;
};

/// A reference by SHA-256.
using blob_ref = basic_blob_ref<sha256>;

}  // namespace ab
