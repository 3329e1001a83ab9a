/// @file
/// How an event travels.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/definition.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/encoding.hpp"
#include "anabranch/upcast/unknown_event.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ab::remote {

/// What comes before an event's payload, which is its stamp, the size of its metadata and that, and its data.
struct record_header {
  std::uint32_t size = 0;    ///< of the payload, in bytes
  std::uint32_t stream = 0;  ///< its place among the page's
  std::uint32_t type = 0;    ///< its place in the family
  std::uint32_t part = 0;
  std::int64_t revision = 0;
  std::int64_t position = 0;
};

}  // namespace ab::remote

namespace ab::detail {

constexpr error malformed_message(std::string_view what) noexcept {
  return {errc::malformed, "a message makes no sense", "use the same version of the library on both sides", what};
}

// What passes through unknown is the library's own type, whatever the codec.
template <class Codec, class T>
using codec_of = std::conditional_t<std::is_same_v<T, unknown_event>, canonical_codec, Codec>;

// An event's stamp, metadata and data, one behind the other.
template <class Schema>
struct remote_payload {
  using codec = typename Schema::codec;
  using stamp = typename Schema::stamp;
  using meta = typename Schema::meta;

  static_assert(std::is_empty_v<stamp> || canonical_codec::template fixed_size<stamp>,
                "ab::remote_storage: the clock's stamps don't all take the same number of bytes; give them fields of "
                "fixed size");

  template <class T>
  static void put(bytes& out, T const& value, stamp const& at, meta const& with) {
    appending sink{out};
    if constexpr (!std::is_empty_v<stamp>) canonical_codec::encode(at, sink);
    if constexpr (!std::is_empty_v<meta>) {
      put_metadata<codec>(with, sink);
    }
    codec_of<codec, T>::encode(value, sink);
  }

  // Takes stamp and metadata off the front; what is left is the data.
  static result<void> take(bytes_view& from, stamp& at, meta& with) {
    if constexpr (!std::is_empty_v<stamp>) {
      constexpr auto size = canonical_codec::template least_size<stamp>;
      if (from.size() < size) return malformed_message("an event without its time");
      auto const told = canonical_codec::template decode<stamp>(from.first(size));
      if (!told) return told.error();
      at = *told;
      from = from.subspan(size);
    }
    if constexpr (!std::is_empty_v<meta>) {
      auto const missing = malformed_message("an event without its metadata");
      if (auto const ok = take_metadata<codec>(from, with, missing); !ok) return ok.error();
    }
    return {};
  }

  template <class T>
  static result<T> data(bytes_view from) {
    return codec_of<codec, T>::template decode<T>(from);
  }
};

}  // namespace ab::detail
