// The blob stores behind one interface: every body of tests is instantiated for each of them.
#pragma once

#include "catch.hpp"

#include "anabranch/blob.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>

#include <sys/wait.h>
#include <unistd.h>

namespace blobs {

/// On a disk, or in memory where there is such a folder: thousands of syncs are slow.
enum class on { disk, memory };

/// A folder of its own that goes with the fixture.
class temporary_folder {
 public:
  explicit temporary_folder(on what = on::disk) {
    static std::atomic<int> count = 0;
    std::filesystem::path const memory = "/dev/shm";
    bool const quick = what == on::memory && ::access(memory.c_str(), W_OK) == 0;
    path_ = (quick ? memory : std::filesystem::temp_directory_path()) /
            ("anabranch-blobs-" + std::to_string(::getpid()) + '-' + std::to_string(++count));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  temporary_folder(temporary_folder const&) = delete;
  temporary_folder& operator=(temporary_folder const&) = delete;
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct in_memory {
  static constexpr char const* name = "memory";
  using store = ab::memory_blobs<>;
  store open(ab::blob_options const& o = {}) { return store(o); }
};

struct in_folder {
  static constexpr char const* name = "folder";
  using store = ab::folder_blobs<>;
  store open(ab::blob_options const& o = {}) {
    auto s = store::open(path(), o);
    if (!s) FAIL("the folder doesn't open: " << s.error());
    return *std::move(s);
  }
  std::string path() const { return (folder.path() / "blobs").string(); }

  temporary_folder folder{};
};

using stores = std::tuple<in_memory, in_folder>;

/// Bytes that differ for each `seed`.
inline ab::bytes some(std::size_t size, unsigned seed = 1) {
  ab::bytes b(size);
  auto x = seed * 2654435761U + 1;
  for (auto& one : b) {
    x = x * 1664525U + 1013904223U;
    one = static_cast<std::byte>(x >> 24U);
  }
  return b;
}

inline ab::bytes text(std::string_view s) {
  auto const* p = reinterpret_cast<std::byte const*>(s.data());
  return {p, p + s.size()};
}

constexpr char const* png = "image/png";
constexpr char const* octets = "application/octet-stream";

/// All that a reader gives, in pieces of at most `most`.
template <class Reader>
ab::result<ab::bytes> read_all(Reader& r, std::size_t most) {
  ab::bytes all, piece(most);
  for (;;) {
    auto const n = r.read(piece);
    if (!n) return n.error();
    if (*n == 0) return all;
    all.insert(all.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(*n));
  }
}

inline std::filesystem::path file_of(std::filesystem::path const& root, ab::blob_ref const& r) {
  auto const hex = std::string(r.id.hex().view());
  return root / hex.substr(0, 2) / hex.substr(2);
}

/// Everything below `root` that is no folder, as names relative to it.
inline std::vector<std::string> files_in(std::filesystem::path const& root) {
  std::vector<std::string> all;
  for (auto const& e : std::filesystem::recursive_directory_iterator(root)) {
    if (!e.is_directory()) all.push_back(std::filesystem::relative(e.path(), root).string());
  }
  std::sort(all.begin(), all.end());
  return all;
}

inline bool has_leftovers(std::filesystem::path const& root) {
  auto const all = files_in(root);
  return std::any_of(all.begin(), all.end(), [](std::string const& f) { return f.starts_with("new-"); });
}

/// Replaces a file's bytes, though its owner can only read it.
inline void overwrite(std::filesystem::path const& file, ab::bytes const& with) {
  std::filesystem::remove(file);
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<char const*>(with.data()), static_cast<std::streamsize>(with.size()));
}

/// How `f` ends as a process: the exit status that it returned, or 128 + the signal.
template <class F>
int as_process(F&& f) {
  auto const child = ::fork();
  if (child == 0) ::_exit(f());
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace blobs
