// What files of a folder of blobs are called. Names are made here, and never from what somebody says.
#pragma once

#include "anabranch/core/text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace ab::detail {

constexpr bool is_hexadecimal(std::string_view s) noexcept {
  return s.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// What a put that hasn't ended writes to: "new-" and 32 hexadecimal digits.
struct temporary_name {
  static constexpr std::string_view prefix = "new-";
  static constexpr std::size_t random_bytes = 16;

  static constexpr bool is_one(std::string_view name) noexcept {
    return name.size() == prefix.size() + 2 * random_bytes && name.starts_with(prefix) &&
           is_hexadecimal(name.substr(prefix.size()));
  }
};

// Where a blob lies: "ab/cdef…", by its id alone.
class blob_path {
 public:
  static constexpr std::size_t fan_out = 256;

  template <class Digest>
  explicit blob_path(Digest const& id) : hex_(std::string_view(id.hex())), folder_{hex_[0], hex_[1], 0} {}

  char const* folder() const noexcept { return folder_; }
  char const* file() const noexcept { return hex_.c_str() + 2; }
  // Which of the 256 folders.
  std::size_t index() const noexcept { return 16 * value(folder_[0]) + value(folder_[1]); }

 private:
  static std::size_t value(char c) noexcept { return static_cast<std::size_t>(c <= '9' ? c - '0' : c - 'a' + 10); }

  std::string hex_;
  char folder_[3];
};

// "…the end of the path/ab/cdef…". The path gives way, so that an id of 32 bytes is always whole.
inline text<120> place_of(std::string_view path) noexcept {
  constexpr std::size_t most = 45;
  text<120> t;
  auto from = path.size() > most ? path.size() - most : 0;
  while (from != 0 && from < path.size() && (static_cast<unsigned char>(path[from]) & 0xC0U) == 0x80U) ++from;
  return t.append(from == 0 ? "" : "...").append(path.substr(from));
}
inline text<120> place_of(std::string_view path, blob_path const& blob) noexcept {
  return place_of(path).append("/").append(blob.folder()).append("/").append(blob.file());
}

}  // namespace ab::detail
