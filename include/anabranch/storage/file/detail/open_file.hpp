// Files that are open, and whole reads and writes.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace ab::file::detail {

// A handle that is closed when it goes, or the error that says why there is none.
template <class Files>
class open_file {
 public:
  using handle = typename Files::handle;

  open_file() noexcept = default;
  open_file(Files files, handle h) noexcept : files_(files), handle_(h) {}
  open_file(open_file&& o) noexcept : files_(o.files_), handle_(std::exchange(o.handle_, Files::none)) {}
  open_file& operator=(open_file&& o) noexcept {
    std::swap(files_, o.files_);
    std::swap(handle_, o.handle_);
    return *this;
  }
  ~open_file() { close(); }

  explicit operator bool() const noexcept { return handle_ >= 0; }
  handle get() const noexcept { return handle_; }
  void close() noexcept {
    if (handle_ >= 0) files_.close(std::exchange(handle_, Files::none));
  }

 private:
  [[no_unique_address]] Files files_{};
  handle handle_ = Files::none;
};

// Reads until `n` bytes or the file's end. Returns how many, or -errno.
template <class Files>
std::int64_t read_fully(Files const& files, typename Files::handle h, std::byte* to, std::size_t n,
                        std::uint64_t offset) noexcept {
  std::size_t done = 0;
  while (done < n) {
    auto const r = files.read(h, to + done, n - done, offset + done);
    if (r < 0) return r;
    if (r == 0) break;
    done += static_cast<std::size_t>(r);
  }
  return static_cast<std::int64_t>(done);
}

// Writes all of it, or returns -errno: then an unknown part of it was written.
template <class Files>
int write_fully(Files const& files, typename Files::handle h, std::byte const* from, std::size_t n,
                std::uint64_t offset) noexcept {
  while (n > 0) {
    auto const r = files.write(h, from, n, offset);
    if (r < 0) return static_cast<int>(r);
    if (r == 0) return -EIO;
    from += r;
    n -= static_cast<std::size_t>(r);
    offset += static_cast<std::uint64_t>(r);
  }
  return 0;
}

}  // namespace ab::file::detail
