/// @file
/// Segment files: names, whole reads and writes, creation.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/detail/bounds.hpp"
#include "anabranch/storage/file/detail/buffer.hpp"
#include "anabranch/storage/file/detail/errors.hpp"
#include "anabranch/storage/file/posix_files.hpp"
#include "anabranch/storage/file/segment_header.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace ab::file::detail {

// A handle that is closed when it goes.
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
