/// @file
/// What lies in the directory of a byte log.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/detail/bounds.hpp"
#include "anabranch/storage/file/detail/errors.hpp"
#include "anabranch/storage/file/detail/segment_file.hpp"

#include <cstdint>
#include <string_view>

namespace ab::file::detail {

inline constexpr char const* lock_name = "lock";

struct directory_contents {
  std::uint64_t highest = 0;    // the highest number of a segment, or 0
  std::uint64_t temporary = 0;  // the number of a segment whose creation was cut short, or 0
  bool alien = false;           // whether there is something that no store has
};

template <class Files>
result<directory_contents> list_directory(Files const& files, typename Files::handle directory, std::string_view path) {
  directory_contents c;
  int const r = files.list(directory, [&](std::string_view name) {
    if (auto const n = segment_number(name); n != 0) {
      c.highest = most(c.highest, n);
    } else if (auto const t = segment_number(name, temporary_suffix); t != 0) {
      c.temporary = t;
    } else if (name != lock_name && name != "lost+found" && name.front() != '.') {  // systems leave these
      c.alien = true;
    }
    return true;
  });
  if (r < 0) return system_error(r, place(path));
  return c;
}

}  // namespace ab::file::detail
