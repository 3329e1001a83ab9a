/// @file
/// The directory of a byte log: what lies in it, and its segments read one after the other.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/detail/segment_file.hpp"
#include "anabranch/storage/file/detail/visit.hpp"
#include "anabranch/storage/file/recover.hpp"
#include "anabranch/storage/file/segment_header.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ab::file::detail {

inline constexpr char const* lock_name = "lock";

// The names in a store's directory, counted.
struct directory_contents {
  std::uint64_t segments = 0;
  std::uint64_t highest = 0;
  std::uint64_t temporary = 0;  // the number of a segment whose creation was cut short, or 0
  bool alien = false;           // whether there is something that no store has
};

template <class Files>
result<directory_contents> list_directory(Files const& files, typename Files::handle directory, std::string_view path) {
  directory_contents c;
  int const r = files.list(directory, [&](std::string_view name) {
    if (auto const n = segment_number(name); n != 0) {
      ++c.segments;
      c.highest = std::max(c.highest, n);
    } else if (auto const t = segment_number(name, temporary_suffix); t != 0) {
      c.temporary = t;
    } else if (name != lock_name) {
      c.alien = true;
    }
    return true;
  });
  if (r < 0) return system_error(r, place(path));
  return c;
}

// One segment in memory.
template <class Files>
struct loaded_segment {
  open_file<Files> file{};
  segment_header header{};
  bytes_view bytes{};
  std::uint64_t file_size = 0;
};

template <class Files>
result<loaded_segment<Files>> load_segment(Files const& files, typename Files::handle directory, std::string_view path,
                                           std::uint64_t number, file_access access, buffer& memory) {
  segment_name const name(number);
  auto const where = place(path, name.view());
  loaded_segment<Files> s;
  s.file = open_file<Files>(files, files.open(directory, name.c_str(), access));
  if (s.file.get() == -ENOENT) {
    return error(errc::corrupt, "a segment is missing", "restore it, or salvage what lies before it", where);
  }
  if (!s.file) return system_error(s.file.get(), where);
  auto const size = files.size(s.file.get());
  if (size < 0) return system_error(size, where);
  s.file_size = static_cast<std::uint64_t>(size);
  auto const bytes = read_whole(files, s.file.get(), memory, where);
  if (!bytes) return bytes.error();
  s.bytes = *bytes;

  std::uint32_t version = 0;
  switch (parse_segment_header(s.bytes, s.header, version)) {
    case header_state::good: break;
    case header_state::foreign:
      return number == 1 ? error(errc::wrong_format, "a file is named like a segment but isn't one", "choose another path", where)
                         : error(errc::corrupt, "a segment's first bytes are damaged",
                                 "restore it, or salvage what lies before it", place(path, name.view(), 0, format::header_size));
    case header_state::newer:
      return error(errc::wrong_format, "the store has a newer format version than this program knows",
                   "open it with a newer release of the program", where)
          .with(format::version, version);
    case header_state::damaged:
      return error(errc::corrupt, "a segment's header is damaged", "restore it, or salvage what lies before it",
                   place(path, name.view(), 0, format::header_size));
  }
  return s;
}

// Whether a segment has a header and nothing else: then its creation was cut short before the one before it was sealed.
template <class Files>
bool is_blank(loaded_segment<Files> const& s) noexcept {
  return end_of_data(s.bytes, format::header_size) == format::header_size;
}

// Visits the frames of whole commits that recovery found in a segment.
template <class F>
result<void> visit_segment(bytes_view segment, std::uint64_t number, std::uint64_t end, F& f) {
  for (std::uint64_t at = format::header_size; at < end;) {
    std::byte const* const p = segment.data() + at;
    auto const h = format::get_frame_header(p);
    if (h.kind <= format::kind_last) {
      frame const one{h.kind, h.tag, h.number, {p + format::frame_header_size, h.length}, location::in(number, at)};
      if constexpr (visits_void<F>) {
        f(one);
      } else {
        if (auto r = f(one); !r) return r;
      }
    }
    at += format::frame_size(h.length);
  }
  return {};
}

}  // namespace ab::file::detail
