/// @file
/// `ab::canonical_codec`: the library's own format of bytes. One value has one encoding.
#pragma once

#include "anabranch/codec/concepts.hpp"
#include "anabranch/codec/detail/classes.hpp"
#include "anabranch/codec/detail/require.hpp"
#include "anabranch/codec/detail/type_name.hpp"
#include "anabranch/codec/types/array.hpp"
#include "anabranch/codec/types/one_of.hpp"
#include "anabranch/codec/types/optional.hpp"
#include "anabranch/codec/types/span.hpp"
#include "anabranch/codec/types/string.hpp"
#include "anabranch/codec/types/tuple.hpp"
#include "anabranch/codec/types/vector.hpp"
#include "anabranch/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

namespace ab {

/// The default codec: canonical (equal values have equal bytes, and what is accepted is encoded as the same bytes
/// again), bounded (no length in the input drives an allocation before it is checked) and `constexpr`.
///
/// Stores numbers, enums with an underlying type, `bool`, `std::string`, `optional`, `vector`, `array`, `pair`,
/// `tuple`, `ab::one_of`, plain aggregates of up to 32 fields, classes that list their `ab::fields`, and types with
/// `ab::codec_traits`; other containers with a header under `anabranch/codec/types/`. The format is described in
/// docs/rooms/codec.md.
struct canonical_codec {
  using policy_axis = codec_axis;

  /// The most fields of an aggregate. `ab::fields` has no such limit.
  static constexpr std::size_t max_fields = detail::canonical::max_fields;
  /// How deep values of a type that contains itself may be nested.
  static constexpr std::size_t max_depth = detail::canonical::max_depth;
  /// How many elements without bytes (of an empty struct) all containers of one value may have together.
  static constexpr std::size_t max_weightless = detail::canonical::max_weightless;

  /// Whether a `T` can be stored. Never an error.
  template <class T>
  static constexpr bool encodable = detail::canonical::encodable<T>;

  /// Doesn't compile where a `T` can't be stored, and says why.
  template <class T>
  static consteval void require() {
    detail::canonical::require<T>();
  }

  /// Whether a decoded `T` points into the bytes that it was decoded from: it has a view somewhere.
  template <class T>
  static constexpr bool borrows = detail::canonical::any_borrows<T>();

  /// Whether all values take the same number of bytes, which is then `least_size<T>`.
  template <class T>
  static constexpr bool fixed_size = detail::canonical::format<T>::fixed;

  /// The number of bytes that a value takes at least.
  template <class T>
  static constexpr std::size_t least_size = detail::canonical::format<T>::least;

  /// A fingerprint of what the bytes mean: the types of the fields in order, widths and signs of integers, kinds of
  /// containers, alternatives; no names. The same on every compiler. Types with equal ones read each other's bytes.
  template <class T>
  static consteval std::uint64_t shape() {
    require<T>();
    if constexpr (encodable<T>)
      return detail::canonical::shape_of<T>(0);
    else
      return 0;
  }

  /// Whether a value is within the format's limits: lengths below 2^32, `max_depth`, `max_weightless`.
  /// @return `too_large` where it isn't. O(size), and nothing to do for a `fixed_size`
  template <class T>
  static constexpr result<void> check(T const& value) {
    detail::canonical::meter m;
    if constexpr (!fixed_size<T>) detail::canonical::size_of(value, m);
    if (m.fits()) return {};
    return error(errc::too_large, "a value has too long or too deeply nested a part to be stored",
                 "split it, or keep large parts in the blob store", detail::canonical::type_name<T>);
  }

  /// Writes a value. Asks `out` once for all bytes that it takes. O(size).
  ///
  /// Throws `bad_alloc` where `out` or a codec_traits does, and where the value is beyond the limits, which `check`
  /// tells. Ends the program instead where there are no exceptions.
  template <class T, byte_sink Sink>
  static constexpr void encode(T const& value, Sink& out) {
    require<T>();
    if constexpr (encodable<T>) {
      detail::canonical::meter m;
      auto const size = detail::canonical::size_of(value, m);
      if (!m.fits()) {
#if defined(__cpp_exceptions)
        throw std::bad_alloc();
#else
        std::abort();
#endif
      }
      detail::canonical::put(value, out.extend(size));
    }
  }

  /// Reads a value from the whole of `in`. O(size). Allocates no more than a fixed multiple of the size of `in`.
  /// @return `malformed`, with the offset, where `in` is not exactly what `encode` writes for some value
  template <class T>
  static constexpr result<T> decode(bytes_view in) {
    require<T>();
    detail::canonical::reader r(in);
    if constexpr (encodable<T>) {
      using detail::canonical::trouble;
      detail::canonical::slot<T> value;
      if constexpr (fixed_size<T>) {
        if (in.size() != least_size<T>)
          r.fail(in.size() < least_size<T> ? trouble::early : trouble::left_over);
        else if (detail::canonical::take<T>(r, value))
          return value.take();
      } else {
        if (detail::canonical::take<T>(r, value) && (r.at == r.end || r.fail(trouble::left_over))) return value.take();
      }
    }
    return detail::canonical::describe(r.failed, in.data(), detail::canonical::type_name<T>);
  }
};

}  // namespace ab
