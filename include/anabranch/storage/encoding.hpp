/// @file
/// What every storage that keeps bytes does with a codec.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ab::detail {

// Appends values to bytes: what a codec writes to.
struct appending {
  bytes& out;
  std::byte* extend(std::size_t n) {
    auto const at = out.size();
    out.resize(at + n);
    return out.data() + at;
  }
};

// Metadata, its size before it, so that what follows can be found whatever it is.
template <class Codec, class Meta, class Sink>
void put_metadata(Meta const& with, Sink& out) {
  bytes encoded;
  appending sink{encoded};
  Codec::encode(with, sink);
  auto const n = encoded.size();
  auto* const p = out.extend(sizeof(std::uint32_t) + n);
  for (unsigned k = 0; k < sizeof(std::uint32_t); ++k) p[k] = static_cast<std::byte>(n >> (8 * k) & 0xFFU);
  std::memcpy(p + sizeof(std::uint32_t), encoded.data(), n);
}
// Takes it off the front.
template <class Codec, class Meta>
result<void> take_metadata(bytes_view& payload, Meta& to, error const& missing) {
  std::uint32_t n = 0;
  if (payload.size() < sizeof n) return missing;
  for (unsigned k = 0; k < sizeof n; ++k) n |= std::to_integer<std::uint32_t>(payload[k]) << (8 * k);
  payload = payload.subspan(sizeof n);
  if (n > payload.size()) return missing;
  auto value = Codec::template decode<Meta>(payload.first(n));
  if (!value) return value.error();
  to = *std::move(value);
  payload = payload.subspan(n);
  return {};
}

}  // namespace ab::detail
