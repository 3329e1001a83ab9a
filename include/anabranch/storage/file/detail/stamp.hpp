/// @file
/// Giving a batch's frames their place: checksums, sequence numbers, proofs.
#pragma once

#include "anabranch/storage/file/format.hpp"
#include "anabranch/storage/file/location.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace ab::file::detail {

// Completes frames that will lie at `offset` of a segment. Each marker takes the next sequence number, and says that
// the log is durable through `synced`. Returns the number for the next one. May be repeated for another place.
inline std::uint64_t stamp(std::span<std::byte> batch, std::uint64_t salt, std::uint64_t offset, std::uint64_t sequence,
                           location synced) noexcept {
  return ab::detail::with_crc32c([&](auto way) {
    auto const salted = format::salted(way, salt);
    auto next = sequence;
    for (std::size_t at = 0; at < batch.size();) {
      std::byte* const p = batch.data() + at;
      auto const h = format::get_frame_header(p);
      auto const size = static_cast<std::size_t>(format::frame_size(h.length));
      if (h.kind >= format::kind_commit) {
        format::put64(p + 8, next++);
        format::put64(p + format::frame_header_size, synced.value);
      }
      format::put_crc(p, format::frame_crc(way, salted, offset + at, p, size));
      at += size;
    }
    return next;
  });
}

}  // namespace ab::file::detail
