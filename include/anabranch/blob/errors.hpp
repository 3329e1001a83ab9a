/// @file
/// The errors that every blob store gives in the same words.
#pragma once

#include "anabranch/core/error.hpp"

#include <cstdint>
#include <string_view>

namespace ab {

/// The kind of error of a blob that isn't there: fetch it, and put it with the reference that names it.
// A number of its own until core/error.hpp has a name for it.
inline constexpr errc no_such_blob{64};

namespace detail {

constexpr error blob_missing(text<120> const& where) noexcept {
  return {no_such_blob, "the blob isn't there", "fetch it from where it is, and put it with its reference", where};
}

constexpr error blob_too_large(text<120> const& where, std::uint64_t most, std::uint64_t size) noexcept {
  return error(errc::too_large, "a blob is larger than the store takes",
               "raise blob_options::max_size, read it in pieces, or split it", where)
      .with(static_cast<std::int64_t>(most), static_cast<std::int64_t>(size));
}

constexpr error blob_of_other_size(text<120> const& where, std::uint64_t named, std::uint64_t there) noexcept {
  return error(errc::corrupt, "a blob hasn't the size that its reference says",
               "unless the reference is wrong, erase the blob and put it again from where it is whole", where)
      .with(static_cast<std::int64_t>(named), static_cast<std::int64_t>(there));
}

constexpr error blob_of_other_bytes(text<120> const& where) noexcept {
  return {errc::corrupt, "the bytes under a blob's id are others",
          "erase the blob and put it again from where it is whole", where};
}

constexpr error blob_not_as_named(text<120> const& where) noexcept {
  return {errc::corrupt, "the bytes are not those that the reference names", "fetch them again, or from elsewhere",
          where};
}

constexpr error blob_writer_done() noexcept {
  return {errc::invalid_argument, "a blob's writer was used after it had finished or failed",
          "ask the store for another one"};
}

constexpr error blob_read_into_nothing() noexcept {
  return {errc::invalid_argument, "a blob was read into no room",
          "give it room for at least a byte: 0 means that all has been read"};
}

constexpr error blob_not_read_whole(text<120> const& where, std::uint64_t size, std::uint64_t read) noexcept {
  return error(errc::invalid_argument, "a blob was not read to its end, so that nothing is known of it",
               "read until 0 is given", where)
      .with(static_cast<std::int64_t>(size), static_cast<std::int64_t>(read));
}

// A media type is kept as it was said. What a peer says may end in a header or on a screen, so it has to be plain.
constexpr bool is_media_type(std::string_view s) noexcept {
  auto const slash = s.find('/');
  if (s.size() > 255 || slash == 0 || slash >= s.size() - 1) return false;
  for (char const c : s) {
    if (c < 0x20 || c > 0x7E) return false;
  }
  return true;
}

constexpr error not_a_media_type() noexcept {
  return {errc::invalid_argument, "a media type is not \"type/subtype\" in up to 255 printable ASCII characters",
          "take \"application/octet-stream\" where nothing is known"};
}

}  // namespace detail

}  // namespace ab
