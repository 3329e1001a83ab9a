/// @file
/// `ab::cereal_json`: a codec for types with cereal's `serialize` functions, as JSON that people can read.
#pragma once

#include "anabranch/codec/concepts.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/ext/cereal/detail/common.hpp"
#include "anabranch/ext/cereal/json_archive.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace ab {

/// Stores what cereal can serialise, as JSON.
///
/// Values come back exactly, and so does what people have edited: fields are found by name, others are ignored. Not
/// canonical.
struct cereal_json {
  using policy_axis = codec_axis;

  /// Whether cereal has functions for a `T`, which has a default constructor. What they call in turn is not looked at.
  template <class T>
  static constexpr bool encodable = detail::cereal_encodable<T, cereal_json_output, cereal_json_input>();

  template <class T>
  static constexpr bool borrows = false;
  template <class T>
  static constexpr bool fixed_size = false;
  template <class T>
  static constexpr std::size_t least_size = 2;

  /// Doesn't compile where cereal has no functions for a `T`.
  template <class T>
  static consteval void require() {
    static_assert(encodable<T>,
                  "ab::cereal_json: cereal can't serialise this type; give it a `serialize` function and a default "
                  "constructor, or include its header of <cereal/types/>");
  }

  /// A fingerprint of the name and version in the type's `definition`, and of its name as the compiler spells it where
  /// it has none. It doesn't see the fields, so raise the version when they change.
  template <class T>
  static consteval std::uint64_t shape() {
    return detail::cereal_shape<T>(0x84222325CBF29CE4U);
  }

  /// Writes a value. Throws `bad_alloc`, also where values are nested too deeply to be read, and what the type's own
  /// functions throw.
  template <class T, byte_sink Sink>
  static void encode(T const& value, Sink& out) {
    require<T>();
    if constexpr (encodable<T>) {
      std::string text;
      cereal_json_output archive(text);
      archive(value);
      archive.serializeDeferments();
      archive.finish();
      std::memcpy(out.extend(text.size()), text.data(), text.size());
    }
  }

  /// Reads a value from the whole of `in`. Throws `bad_alloc`, and what the type's own functions throw unless that is a
  /// `cereal::Exception` or a `std::logic_error`.
  /// @return `malformed` where cereal can't
  template <class T>
  static result<T> decode(bytes_view in) {
    require<T>();
    if constexpr (encodable<T>) {
      return detail::cereal_guarded<T>([&]() -> result<T> {
        cereal_json_input archive(std::string_view(reinterpret_cast<char const*>(in.data()), in.size()));
        T value{};
        archive(value);
        archive.serializeDeferments();
        return value;
      });
    } else {
      return error();
    }
  }
};

}  // namespace ab
