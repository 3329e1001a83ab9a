/// @file
/// `ab::sha256`: SHA-256, in constant expressions too, and by instruction where the machine has it.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/hash/concepts.hpp"
#include "anabranch/hash/detail/sha256_blocks.hpp"
#include "anabranch/hash/digest.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace ab {

/// SHA-256 (FIPS 180-4), the default hash policy.
///
/// ```cpp
/// auto const id = ab::sha256::of(bytes);               // at once
/// ab::sha256 h;
/// h.update(head), h.update(tail);                      // or piece by piece
/// auto const same = h.finish();
/// ```
///
/// Never allocates and never fails. Some 1.6 bytes a nanosecond where the processor has SHA instructions (x86-64, asked
/// once when the program starts), otherwise a fifth of that. An object is one thread's at a time. Not meant for secrets:
/// what it leaves in memory isn't wiped.
class sha256 {
 public:
  using policy_axis = hash_axis;
  using digest = ab::digest<sha256, 32>;
  static constexpr std::string_view name = "sha256";

  constexpr sha256() noexcept = default;

  /// The digest of `b`. O(size).
  static constexpr digest of(bytes_view b) noexcept {
    sha256 h;
    h.update(b);
    return h.finish();
  }

  /// Takes more bytes: as one content with those before. O(size). At most 2^61 bytes in all.
  constexpr void update(bytes_view b) noexcept {
    auto const* p = b.data();
    auto n = b.size();
    auto const held = static_cast<std::size_t>(size_ % block);
    size_ += n;
    if (held != 0) {
      auto const fits = n < block - held ? n : block - held;
      copy(p, fits, buffer_ + held);
      if (held + fits < block) return;
      detail::sha256_blocks(state_, buffer_, 1);
      p += fits;
      n -= fits;
    }
    if (n >= block) detail::sha256_blocks(state_, p, n / block);
    copy(p + n / block * block, n % block, buffer_);
  }

  /// The digest of all bytes taken so far. Changes nothing, so more may follow. O(1).
  constexpr digest finish() const noexcept {
    sha256 h = *this;
    auto at = static_cast<std::size_t>(size_ % block);
    h.buffer_[at++] = std::byte{0x80};
    if (at > block - 8) {
      while (at < block) h.buffer_[at++] = {};
      detail::sha256_blocks(h.state_, h.buffer_, 1);
      at = 0;
    }
    while (at < block - 8) h.buffer_[at++] = {};
    for (unsigned i = 0; i < 8; ++i) h.buffer_[at + i] = static_cast<std::byte>((8 * size_) >> (56 - 8 * i) & 0xFFU);
    detail::sha256_blocks(h.state_, h.buffer_, 1);

    digest d;
    for (unsigned i = 0; i < 32; ++i)
      d.bytes[i] = static_cast<std::byte>(h.state_.words[i / 4] >> (24 - 8 * (i % 4)) & 0xFFU);
    return d;
  }

 private:
  static constexpr std::size_t block = 64;

  static constexpr void copy(std::byte const* from, std::size_t n, std::byte* to) noexcept {
    if (std::is_constant_evaluated()) {
      for (std::size_t i = 0; i < n; ++i) to[i] = from[i];
    } else if (n != 0) {
      std::memcpy(to, from, n);  // never with null, which an empty view may have
    }
  }

  detail::sha256_state state_{};
  std::uint64_t size_ = 0;
  std::byte buffer_[block] = {};  // the last size_ % block bytes taken
};

}  // namespace ab
