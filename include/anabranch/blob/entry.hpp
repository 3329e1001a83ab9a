/// @file
/// `ab::blob_entry`: what a blob store lists.
#pragma once

#include <compare>
#include <cstdint>

namespace ab {

/// A blob that is stored. Ordered by id.
template <class Hash>
struct blob_entry {
  typename Hash::digest id{};
  std::uint64_t size = 0;  ///< in bytes, as it lies there

  friend constexpr auto operator<=>(blob_entry const&, blob_entry const&) = default;
};

}  // namespace ab
