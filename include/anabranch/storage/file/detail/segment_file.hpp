/// @file
/// Segment files: names and creation.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/detail/bounds.hpp"
#include "anabranch/storage/file/detail/buffer.hpp"
#include "anabranch/storage/file/detail/errors.hpp"
#include "anabranch/storage/file/detail/open_file.hpp"
#include "anabranch/storage/file/posix_files.hpp"
#include "anabranch/storage/file/segment_header.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace ab::file::detail {

inline constexpr std::string_view segment_suffix = ".segment", temporary_suffix = ".segment.new";

// "0000000001.segment", in place.
struct segment_name {
  std::array<char, 24> chars{};

  explicit segment_name(std::uint64_t number, std::string_view suffix = segment_suffix) noexcept {
    for (std::size_t i = 10; i-- > 0; number /= 10) chars[i] = static_cast<char>('0' + number % 10);
    std::memcpy(chars.data() + 10, suffix.data(), suffix.size());
  }
  char const* c_str() const noexcept { return chars.data(); }
  std::string_view view() const noexcept { return chars.data(); }
};

// The number in a segment's name, or 0 where it is none.
inline std::uint64_t segment_number(std::string_view name, std::string_view suffix = segment_suffix) noexcept {
  if (name.size() != 10 + suffix.size() || name.substr(10) != suffix) return 0;
  std::uint64_t n = 0;
  for (char const c : name.substr(0, 10)) {
    if (c < '0' || c > '9') return 0;
    n = 10 * n + static_cast<std::uint64_t>(c - '0');
  }
  return n <= format::max_segments ? n : 0;
}

template <class Files>
int write_zeros(Files const& files, typename Files::handle h, std::uint64_t from, std::uint64_t to) noexcept {
  static constexpr std::array<std::byte, std::size_t{64} << 10U> zeros{};
  while (from < to) {
    auto const n = least(zeros.size(), to - from);
    if (int const r = write_fully(files, h, zeros.data(), static_cast<std::size_t>(n), from); r < 0) return r;
    from += n;
  }
  return 0;
}

// Creates a segment so that it is there with its whole header, or not at all. `unsure` is set where an error left open
// which.
template <class Files>
result<open_file<Files>> create_segment(Files const& files, typename Files::handle directory, std::string_view path,
                                        segment_header const& header, bool& unsure) {
  segment_name const name(header.segment), temporary(header.segment, temporary_suffix);
  auto const where = place(path, name.view());
  unsure = false;
  (void)files.remove(directory, temporary.c_str());
  open_file<Files> file(files, files.open(directory, temporary.c_str(), file_access::create));
  if (!file) return system_error(file.get(), where);

  std::array<std::byte, format::header_size> bytes;
  put_segment_header(bytes.data(), header);
  auto r = files.allocate(file.get(), header.capacity);
  if (r == 0) r = write_fully(files, file.get(), bytes.data(), bytes.size(), 0);
  if (r == 0) r = files.sync(file.get());
  if (r == 0) {
    r = files.rename(directory, temporary.c_str(), name.c_str());
    if (r == 0) {
      r = files.sync(directory);
      unsure = r != 0;
    }
  }
  if (r == 0) return file;
  (void)files.remove(directory, unsure ? name.c_str() : temporary.c_str());
  return system_error(r, where);
}

}  // namespace ab::file::detail
