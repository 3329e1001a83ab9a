// What benchmarks on disk share: a folder of their own on a real disk, and the bytes of a store as a bare program sees them.
#pragma once

#include <benchmark/benchmark.h>

#include <anabranch/storage/file/format.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/statfs.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace bench {

// $ANABRANCH_BENCH_DIR, or $TMPDIR, or the current folder. It should lie on the disk that is to be measured.
inline std::filesystem::path base() {
  for (char const* const name : {"ANABRANCH_BENCH_DIR", "TMPDIR"}) {
    if (char const* const value = std::getenv(name); value != nullptr && *value != 0) return value;
  }
  return std::filesystem::current_path();
}

// In memory a sync is free, and measures nothing.
inline bool in_memory(std::filesystem::path const& p) {
  struct statfs s {};
  constexpr long tmpfs = 0x01021994, ramfs = 0x858458f6;
  return ::statfs(p.c_str(), &s) == 0 && (s.f_type == tmpfs || s.f_type == ramfs);
}

// What a report should say of where it was measured.
inline bool const told = [] {
  benchmark::AddCustomContext("folder", base().string() + (in_memory(base()) ? " (in memory: syncs are free)" : ""));
  return true;
}();

// A folder that goes with the object.
class folder {
 public:
  folder() : path_((base() / "anabranch-bench-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) stop("no folder can be made: set ANABRANCH_BENCH_DIR");
  }
  folder(folder const&) = delete;
  folder& operator=(folder const&) = delete;
  ~folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(char const* name) const { return path_ + '/' + name; }

  [[noreturn]] static void stop(char const* why) {
    std::fputs(why, stderr);
    std::exit(1);
  }

 private:
  std::string path_;
};

template <class Result>
auto must(Result r) {
  if (!r) folder::stop(r.error().message().c_str());
  return *std::move(r);
}

// A file descriptor.
class file {
 public:
  file(std::string const& path, int how) : fd_(::open(path.c_str(), how | O_CLOEXEC, 0666)) {
    if (fd_ < 0) folder::stop("a file can't be opened");
  }
  file(file const&) = delete;
  file& operator=(file const&) = delete;
  ~file() { ::close(fd_); }
  int operator*() const { return fd_; }

 private:
  int fd_;
};

// The segments of a store, in order.
inline std::vector<std::string> segments(std::string const& store) {
  std::vector<std::string> all;
  for (auto const& f : std::filesystem::directory_iterator(store)) {
    if (f.path().extension() == ".segment") all.push_back(f.path().string());
  }
  std::sort(all.begin(), all.end());
  return all;
}

// A segment's bytes as far as there is data. What is only reserved isn't read: then it would be in the system's cache, and a store that
// opens would find it there, and look at it.
inline std::vector<std::byte> contents(std::string const& path) {
  constexpr std::size_t step = std::size_t{1} << 20U;
  std::vector<std::byte> b;
  file const f(path, O_RDONLY);
  for (;;) {
    auto const had = b.size();
    b.resize(had + step);
    auto const n = ::pread(*f, b.data() + had, step, static_cast<off_t>(had));
    if (n < 0) folder::stop("a file can't be read");
    b.resize(had + static_cast<std::size_t>(n));
    if (static_cast<std::size_t>(n) < step || b.back() == std::byte{}) {
      if (std::all_of(b.end() - std::min(n, ssize_t{4096}), b.end(), [](std::byte x) { return x == std::byte{}; }))
        return b;
      if (static_cast<std::size_t>(n) < step) return b;
    }
  }
}

// Where each commit of a segment ends, from where the first begins on.
inline std::vector<std::size_t> commit_ends(std::vector<std::byte> const& segment) {
  namespace format = ab::file::format;
  std::vector<std::size_t> ends{format::header_size};
  for (auto at = format::header_size; at + format::frame_header_size <= segment.size();) {
    auto const h = format::get_frame_header(segment.data() + at);
    if (h.kind == 0) break;
    at += static_cast<std::size_t>(format::frame_size(h.length));
    if (h.kind == format::kind_commit || h.kind == format::kind_seal) ends.push_back(at);
  }
  return ends;
}

// What checking bytes costs at least, in two ways. The plain loop is what one writes by hand around the instruction, eight bytes a
// step, each waiting for the one before. The library's own works on three parts at once, and is as fast as reading allows.
#if defined(__x86_64__)
[[gnu::target("sse4.2")]] inline std::uint32_t plain_crc(std::byte const* p, std::size_t n, std::uint32_t state) {
  std::uint64_t s = state;
  for (; n >= 8; n -= 8, p += 8) {
    std::uint64_t w;
    std::memcpy(&w, p, 8);
    s = _mm_crc32_u64(s, w);
  }
  return static_cast<std::uint32_t>(s);
}
#else
inline std::uint32_t plain_crc(std::byte const* p, std::size_t n, std::uint32_t state) {
  for (; n >= 8; n -= 8, p += 8) state = ab::detail::with_crc32c([&](auto way) { return way.words(state, p, 1); });
  return state;
}
#endif
inline std::uint32_t lanes_crc(std::byte const* p, std::size_t n, std::uint32_t state) {
  return ab::crc32c({p, n}, state);
}
inline std::uint32_t no_crc(std::byte const* p, std::size_t, std::uint32_t state) {
  return state ^ std::to_integer<std::uint32_t>(*p);
}

// Reads the segments' data, through a window of the size that the library reads with, and sums it up by `Crc`.
template <auto Crc>
std::uint32_t bare_read(std::vector<std::pair<std::string, std::size_t>> const& files, std::vector<std::byte>& window) {
  std::uint32_t state = 0;
  for (auto const& [path, end] : files) {
    file const f(path, O_RDONLY);
    for (auto at = ab::file::format::header_size; at < end;) {
      auto const n = ::pread(*f, window.data(), std::min(window.size(), end - at), static_cast<off_t>(at));
      if (n <= 0) folder::stop("a file can't be read");
      state = Crc(window.data(), static_cast<std::size_t>(n), state);
      at += static_cast<std::size_t>(n);
    }
  }
  return state;
}

// The segments of a store, each with where its data ends.
inline std::vector<std::pair<std::string, std::size_t>> extents(std::string const& store) {
  std::vector<std::pair<std::string, std::size_t>> all;
  for (auto const& s : segments(store)) all.emplace_back(s, commit_ends(contents(s)).back());
  return all;
}

}  // namespace bench
