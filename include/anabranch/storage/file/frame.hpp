/// @file
/// `ab::file::frame`: one record of a byte log, as it is read.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/storage/file/location.hpp"

#include <cstdint>

namespace ab::file {

/// What a frame carries, and where it lies. The log gives no meaning to `kind` (1 to 239), `tag` and `number`.
struct frame {
  std::uint8_t kind = 0;
  std::uint32_t tag = 0;
  std::uint64_t number = 0;
  bytes_view payload{};  ///< borrowed from whoever returned the frame; says there for how long
  location at{};
};

}  // namespace ab::file
