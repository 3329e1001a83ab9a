/// @file
/// Reading one segment from its file: header, then commits through a window.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/detail/bounds.hpp"
#include "anabranch/storage/file/detail/segment_file.hpp"
#include "anabranch/storage/file/detail/visit.hpp"
#include "anabranch/storage/file/recover.hpp"
#include "anabranch/storage/file/segment_header.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace ab::file::detail {

// One segment, open, whose header is good.
template <class Files>
struct loaded_segment {
  open_file<Files> file{};
  segment_header header{};
  std::uint64_t file_size = 0;
};

template <class Files>
result<loaded_segment<Files>> load_segment(Files const& files, typename Files::handle directory, std::string_view path,
                                           std::uint64_t number, file_access access) {
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
  std::array<std::byte, format::header_size> bytes{};  // what was cut off a header may have been zeros
  auto const n = read_fully(files, s.file.get(), bytes.data(), bytes.size(), 0);
  if (n < 0) return system_error(n, where);

  std::uint32_t version = 0;
  auto const state = parse_segment_header(bytes, s.header, version);
  if (state == header_state::newer) {
    return error(errc::wrong_format, "the store has a newer format version than this program knows",
                 "open it with a newer release of the program, or restore it if it was damaged", where)
        .with(format::version, version);
  }
  if (state == header_state::foreign && number == 1) {
    return error(errc::wrong_format, "a file is named like a segment and doesn't begin like one",
                 "choose another path, or restore the file if it was damaged", where);
  }
  if (state != header_state::good || s.file_size > format::max_segment) {
    return error(errc::corrupt, "a segment's header is damaged", "restore it, or salvage what lies before it",
                 place(path, name.view(), 0, format::header_size));
  }
  return s;
}

// Whether nothing but zeros lies at or behind `at`.
template <class Files>
result<bool> is_blank(Files const& files, loaded_segment<Files> const& s, std::uint64_t at, buffer& memory,
                      text<120> const& where) {
  constexpr std::size_t chunk = std::size_t{128} << 10U;
  if (memory.capacity() < chunk) memory.reset(chunk);
  while (at < s.file_size) {
    auto const data = files.next_data(s.file.get(), at);
    if (data < 0) return system_error(data, where);
    at = most(at, static_cast<std::uint64_t>(data));
    auto const n = read_fully(files, s.file.get(), memory.data(), chunk, at);
    if (n < 0) return system_error(n, where);
    if (n == 0) break;
    if (end_of_data({memory.data(), static_cast<std::size_t>(n)}) != 0) return false;
    at += static_cast<std::uint64_t>(n);
  }
  return true;
}

// Does what `recover` does, a window at a time, and visits the frames of each whole commit. Goes on where `r` ends.
template <class Files, class F>
result<segment_report> recover_segment(Files const& files, loaded_segment<Files> const& s, bool last, buffer& memory,
                                       F& f, text<120> const& where, segment_report r) {
  constexpr std::size_t window = std::size_t{256} << 10U;
  segment_expectation const expected{s.header.segment, s.header.salt, s.header.first_sequence, last};
  // The window begins at `r.end` and holds what the one before left over.
  std::size_t have = 0, wanted = window;
  for (bool more = true; more;) {
    memory.grow(wanted, have);
    auto const n = read_fully(files, s.file.get(), memory.data() + have, wanted - have, r.end + have);
    if (n < 0) return system_error(n, where);
    have += static_cast<std::size_t>(n);
    more = have == wanted;

    auto const before = r.end;
    recover_commits({memory.data(), have}, expected, r);
    auto const good = static_cast<std::size_t>(r.end - before);
    if (auto v = visit_frames({memory.data(), good}, location::in(s.header.segment, before), f); !v) return v.error();
    if (r.sealed) return r;
    have -= good;
    if (good != 0) {
      std::memmove(memory.data(), memory.data() + good, have);
    } else if (more && end_of_data({memory.data(), have}) == 0) {
      // The unused part of a segment may be long. That it is empty shows without having it in memory at once.
      auto const blank = is_blank(files, s, r.end, memory, where);
      if (!blank) return blank.error();
      have = 0;
      more = !*blank;
      wanted *= 2;
    } else {
      // A commit larger than the window, or damage: either way the rest must be seen.
      wanted *= 2;
    }
  }
  recover_tail({memory.data(), have}, expected, r);
  return r;
}

}  // namespace ab::file::detail
