/// @file
/// `ab::digest`: what a hash gives.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/core/text.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <string_view>

namespace ab {

/// The digest of some bytes. Ordered as its text is. A plain aggregate that the canonical codec stores as `Size` bytes.
/// @tparam Hash keeps the digests of different hashes apart
/// @tparam Size in bytes
template <class Hash, std::size_t Size>
struct digest {
  static_assert(Size >= 2);
  static constexpr std::size_t size = Size;

  std::array<std::byte, Size> bytes{};

  /// Its text: two lower-case hexadecimal digits a byte. Never allocates.
  constexpr text<2 * Size> hex() const noexcept {
    char chars[2 * Size] = {};
    for (std::size_t i = 0; i < Size; ++i) {
      chars[2 * i] = "0123456789abcdef"[std::to_integer<unsigned>(bytes[i] >> 4U)];
      chars[2 * i + 1] = "0123456789abcdef"[std::to_integer<unsigned>(bytes[i] & std::byte{15})];
    }
    return std::string_view(chars, sizeof chars);
  }

  /// The digest with this text. A digest has one text, so upper case is none.
  /// @return `malformed` for any other
  static constexpr result<digest> parse(std::string_view s) noexcept {
    digest d;
    bool good = s.size() == 2 * Size;
    for (std::size_t i = 0; good && i < 2 * Size; ++i) {
      auto const value = value_of(s[i]);
      good = value < 16;
      d.bytes[i / 2] = (d.bytes[i / 2] << 4U) | static_cast<std::byte>(value);
    }
    if (good) return d;
    return error(errc::malformed, "a text is no digest",
                 "give all of its lower-case hexadecimal digits, and nothing else")
        .with(static_cast<std::int64_t>(2 * Size), static_cast<std::int64_t>(s.size()));
  }

  friend constexpr auto operator<=>(digest const&, digest const&) = default;

 private:
  static constexpr unsigned value_of(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    return c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a') + 10 : 16;
  }
};

}  // namespace ab
