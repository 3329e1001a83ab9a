/// @file
/// How a blob store is opened.
#pragma once

#include <cstdint>

namespace ab {

/// Options of `memory_blobs` and `folder_blobs`.
struct blob_options {
  /// The largest blob, in bytes. More is `errc::too_large`, before anything is allocated for it. Streamed reading has no limit.
  std::uint64_t max_size = std::uint64_t{1} << 30U;
};

}  // namespace ab
