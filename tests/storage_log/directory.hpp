// Logs in real directories.
#pragma once

#include "anabranch/storage/file/byte_log.hpp"

#include "image.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace storage_log {

// A directory of its own for a test, gone when it ends.
struct scratch {
  std::string path;

  scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "anabranch.XXXXXX").string();
    path = ::mkdtemp(pattern.data()) != nullptr ? pattern : std::string();
  }
  scratch(scratch const&) = delete;
  ~scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string operator/(std::string const& name) const { return path + "/" + name; }
};

inline std::string segment(std::string const& store, std::uint64_t number) {
  return store + "/" + file::detail::segment_name(number).c_str();
}

inline ab::bytes slurp(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<char> const c((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  ab::bytes b(c.size());
  if (!c.empty()) std::memcpy(b.data(), c.data(), c.size());
  return b;
}

inline void spill(std::string const& path, ab::bytes const& b) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<char const*>(b.data()), static_cast<std::streamsize>(b.size()));
}

// What a frame of `add_frame(batch, number, size)` must hold.
inline bool holds(file::frame const& f) {
  if (f.kind != 1 || f.tag != 7) return false;
  for (std::size_t i = 0; i < f.payload.size(); ++i) {
    if (f.payload[i] != static_cast<std::byte>(f.number * 31 + i * 7 + 1)) return false;
  }
  return true;
}

// Notes the numbers of the frames it visits, and whether each was as written.
struct visited {
  std::vector<std::uint64_t> numbers{};
  bool intact = true;

  void operator()(file::frame const& f) {
    numbers.push_back(f.number);
    intact = intact && holds(f);
  }
};

inline std::vector<std::uint64_t> up_to(std::uint64_t n) {
  std::vector<std::uint64_t> v;
  for (std::uint64_t i = 1; i <= n; ++i) v.push_back(i);
  return v;
}

template <class Log>
ab::result<file::location> commit(Log& log, std::uint64_t number, std::size_t size) {
  file::batch b;
  add_frame(b, number, size);
  b.end_commit();
  return log.commit(b);
}

inline constexpr file::log_options small{file::open_mode::write, 16U << 10U};
inline constexpr file::log_options reading{file::open_mode::read, 16U << 10U};
inline constexpr file::log_options salvaging{file::open_mode::salvage, 16U << 10U};

}  // namespace storage_log
