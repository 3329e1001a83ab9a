/// @file
/// `ab::cereal_output` and `ab::cereal_input`: cereal archives over bytes in memory.
#pragma once

#include "anabranch/core/bytes.hpp"

#include <bit>
#include <cereal/cereal.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>

namespace ab {

namespace detail {

// Not `long double`: its width and its padding are the system's affair.
template <class T>
concept cereal_number = std::is_arithmetic_v<T> && !std::is_same_v<T, long double>;

inline constexpr int cereal_depth = 1000;                // of calls of serialize inside each other
inline constexpr std::size_t cereal_weightless = 65536;  // elements that may take less than a byte each

// Little-endian from memory and back; `width` is that of one number.
inline void cereal_copy(std::byte* to, std::byte const* from, std::size_t size, std::size_t width) noexcept {
  if (std::endian::native == std::endian::little || width == 1) {
    std::memcpy(to, from, size);
  } else {
    for (std::size_t i = 0; i < size; ++i) to[i] = from[i - i % width + (width - 1 - i % width)];
  }
}

}  // namespace detail

/// Writes the bytes that `cereal::PortableBinaryOutputArchive` writes when told to be little-endian.
class cereal_output : public cereal::OutputArchive<cereal_output, cereal::AllowEmptyClassElision> {
 public:
  /// Adds to the end of `to`.
  explicit cereal_output(bytes& to) : OutputArchive(this), to_(to) { to_.push_back(std::byte{1}); }

 private:
  template <class T>
  void write(T const* data, std::size_t size) {
    if (data == nullptr) return;  // cereal gives an empty std::array the size 1
    auto const before = to_.size();
    to_.resize(before + size);
    detail::cereal_copy(to_.data() + before, reinterpret_cast<std::byte const*>(data), size, sizeof(T));
  }

  template <detail::cereal_number T>
  friend void CEREAL_SAVE_FUNCTION_NAME(cereal_output& out, T const& number) {
    out.write(&number, sizeof number);
  }
  template <class T>
  friend void CEREAL_SAVE_FUNCTION_NAME(cereal_output& out, cereal::BinaryData<T> const& data) {
    out.write(static_cast<std::remove_pointer_t<T> const*>(data.data), static_cast<std::size_t>(data.size));
  }
  template <class T>
  friend void CEREAL_SERIALIZE_FUNCTION_NAME(cereal_output& out, cereal::NameValuePair<T>& pair) {
    out(pair.value);
  }
  template <class T>
  friend void CEREAL_SERIALIZE_FUNCTION_NAME(cereal_output& out, cereal::SizeTag<T>& tag) {
    out(tag.size);
  }
  template <class T>
  friend void prologue(cereal_output& out, T const&) {
    if (++out.depth_ > detail::cereal_depth) throw std::bad_alloc();  // as cereal_input would refuse it
  }
  template <class T>
  friend void epilogue(cereal_output& out, T const&) {
    --out.depth_;
  }

  bytes& to_;
  int depth_ = 0;
};

/// Reads what `cereal_output` writes, with checks that cereal's own archive doesn't make: a `bool` is 0 or 1, a length
/// is not larger than what is left, and values are not nested without end. Throws `cereal::Exception` as others do.
class cereal_input : public cereal::InputArchive<cereal_input, cereal::AllowEmptyClassElision> {
 public:
  explicit cereal_input(bytes_view from) : InputArchive(this), from_(from) {
    std::uint8_t little_endian = 0;
    read(&little_endian, 1);
    if (little_endian != 1) throw cereal::Exception("the bytes don't start with the mark of little-endian data");
  }

  /// How many bytes have not been read.
  std::size_t left() const noexcept { return from_.size(); }

 private:
  template <class T>
  void read(T* data, std::size_t size) {
    if (data == nullptr) return;
    if (size > from_.size()) throw cereal::Exception("the bytes end before the value does");
    detail::cereal_copy(reinterpret_cast<std::byte*>(data), from_.data(), size, sizeof(T));
    from_ = from_.subspan(size);
  }

  template <detail::cereal_number T>
  friend void CEREAL_LOAD_FUNCTION_NAME(cereal_input& in, T& number) {
    if constexpr (std::is_same_v<T, bool>) {
      std::uint8_t byte = 0;
      in.read(&byte, 1);
      if (byte > 1) throw cereal::Exception("a bool is neither 0 nor 1");
      number = byte == 1;
    } else {
      in.read(&number, sizeof number);
    }
  }
  template <class T>
  friend void CEREAL_LOAD_FUNCTION_NAME(cereal_input& in, cereal::BinaryData<T>& data) {
    in.read(static_cast<std::remove_pointer_t<T>*>(data.data), static_cast<std::size_t>(data.size));
  }
  template <class T>
  friend void CEREAL_SERIALIZE_FUNCTION_NAME(cereal_input& in, cereal::NameValuePair<T>& pair) {
    in(pair.value);
  }
  template <class T>
  friend void CEREAL_SERIALIZE_FUNCTION_NAME(cereal_input& in, cereal::SizeTag<T>& tag) {
    in(tag.size);
    if (tag.size > in.left() && tag.size > detail::cereal_weightless)
      throw cereal::Exception("a length is larger than what can follow");
  }
  template <class T>
  friend void prologue(cereal_input& in, T const&) {
    if (++in.depth_ > detail::cereal_depth) throw cereal::Exception("values are nested too deeply");
  }
  template <class T>
  friend void epilogue(cereal_input& in, T const&) {
    --in.depth_;
  }

  bytes_view from_;
  int depth_ = 0;
};

}  // namespace ab

CEREAL_REGISTER_ARCHIVE(ab::cereal_output)
CEREAL_REGISTER_ARCHIVE(ab::cereal_input)
CEREAL_SETUP_ARCHIVE_TRAITS(ab::cereal_input, ab::cereal_output)
