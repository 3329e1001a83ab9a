/// @file
/// `ab::cereal_binary`: a codec for types with cereal's `serialize` functions.
#pragma once

#include "anabranch/codec/concepts.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/ext/cereal/archive.hpp"
#include "anabranch/ext/cereal/detail/common.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ab {

/// Stores what cereal can serialise, as the bytes of cereal's portable binary archive.
///
/// For trusted input: cereal makes a container as large as its length says before it reads the elements. Lengths, bools
/// and depth are checked (see `cereal_input`), so that damaged bytes are an error and no undefined behaviour, but few
/// bytes may ask for much memory. Not canonical: one value may have several encodings.
struct cereal_binary {
  using policy_axis = codec_axis;

  /// Whether cereal has functions for a `T`, which has a default constructor. What they call in turn is not looked at.
  template <class T>
  static constexpr bool encodable = detail::cereal_encodable<T, cereal_output, cereal_input>();

  template <class T>
  static constexpr bool borrows = false;
  template <class T>
  static constexpr bool fixed_size = false;
  template <class T>
  static constexpr std::size_t least_size = 1;

  /// Doesn't compile where cereal has no functions for a `T`.
  template <class T>
  static consteval void require() {
    static_assert(encodable<T>,
                  "ab::cereal_binary: cereal can't serialise this type; give it a `serialize` function and a default "
                  "constructor, or include its header of <cereal/types/>");
  }

  /// A fingerprint of the name and version in the type's `definition`, and of its name as the compiler spells it where
  /// it has none. It doesn't see the fields, so raise the version when they change.
  template <class T>
  static consteval std::uint64_t shape() {
    return detail::cereal_shape<T>(0xCBF29CE484222325U);
  }

  /// Writes a value. Throws `bad_alloc`, also where values are nested too deeply to be read, and what the type's own
  /// functions throw.
  template <class T, byte_sink Sink>
  static void encode(T const& value, Sink& out) {
    require<T>();
    if constexpr (encodable<T>) {
      bytes all;
      cereal_output archive(all);
      archive(value);
      archive.serializeDeferments();
      std::memcpy(out.extend(all.size()), all.data(), all.size());
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
        cereal_input archive(in);
        T value{};
        archive(value);
        archive.serializeDeferments();
        if (archive.left() != 0) throw cereal::Exception("bytes are left over after the value");
        return value;
      });
    } else {
      return error();
    }
  }
};

}  // namespace ab
