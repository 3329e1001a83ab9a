/// @file
/// `ab::testing::faulty_files`: a `Files` on a `faulty_disk`.
#pragma once

#include "anabranch/storage/file/posix_files.hpp"
#include "anabranch/testing/faulty_disk.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ab::testing {

/// Takes the place of `ab::file::posix_files` in a log or a store: everything happens on a `faulty_disk`, which must
/// outlive it. The clock advances by a millisecond with each look at it.
struct faulty_files {
  using handle = int;
  static constexpr handle none = -1;

  faulty_disk* disk = nullptr;

  handle open_directory(char const* path) const {
    int const r = disk->begin(file_call::open_directory);
    return r < 0 ? r : disk->open_directory(path);
  }
  int make_directory(char const* path) const {
    int const r = disk->begin(file_call::make_directory);
    return r < 0 ? r : disk->make_directory(path);
  }
  handle open(handle directory, char const* name, file::file_access access) const {
    int const r = disk->begin(file_call::open, directory);
    return r < 0 ? r
                 : disk->open(directory, name, access == file::file_access::create, access != file::file_access::read);
  }
  void close(handle h) const noexcept { disk->close(h); }
  std::int64_t read(handle h, std::byte* to, std::size_t n, std::uint64_t offset) const {
    int const r = disk->begin(file_call::read, h);
    return r < 0 ? r : disk->read(h, to, n, offset);
  }
  std::int64_t write(handle h, std::byte const* from, std::size_t n, std::uint64_t offset) const {
    int const r = disk->begin(file_call::write, h);
    if (r < 0 && r != -EBADF && !disk->halted()) {
      (void)disk->write(h, from, static_cast<std::size_t>(disk->below(n + 1)), offset);
    }
    return r < 0 ? r : disk->write(h, from, n, offset);
  }
  int sync_data(handle h) const {
    int const r = disk->begin(file_call::sync_data, h);
    return disk->halted() || r == -EBADF ? r : disk->sync(h, -r);
  }
  int sync(handle h) const {
    int const r = disk->begin(file_call::sync, h);
    return disk->halted() || r == -EBADF ? r : disk->sync(h, -r);
  }
  int allocate(handle h, std::uint64_t size) const {
    int const r = disk->begin(file_call::allocate, h);
    return r < 0 ? r : disk->allocate(h, size);
  }
  int resize(handle h, std::uint64_t size) const {
    int const r = disk->begin(file_call::resize, h);
    return r < 0 ? r : disk->resize(h, size);
  }
  std::int64_t size(handle h) const {
    int const r = disk->begin(file_call::size, h);
    return r < 0 ? r : disk->size(h);
  }
  std::int64_t next_data(handle h, std::uint64_t offset) const {
    int const r = disk->begin(file_call::next_data, h);
    return r < 0 ? r : disk->next_data(h, offset);
  }
  int rename(handle directory, char const* from, char const* to) const {
    int const r = disk->begin(file_call::rename, directory);
    return r < 0 ? r : disk->rename(directory, from, to);
  }
  int remove(handle directory, char const* name) const {
    int const r = disk->begin(file_call::remove, directory);
    return r < 0 ? r : disk->remove(directory, name);
  }
  template <class F>
  int list(handle directory, F&& f) const {
    int const r = disk->begin(file_call::list, directory);
    if (r < 0) return r;
    disk->list(directory, f);
    return 0;
  }
  int lock(handle h) const {
    int const r = disk->begin(file_call::lock, h);
    return r < 0 ? r : disk->lock(h);
  }
  int random(std::byte* to, std::size_t n) const {
    int const r = disk->begin(file_call::random);
    for (std::size_t i = 0; r == 0 && i < n; ++i) to[i] = static_cast<std::byte>(disk->below(256));
    return r;
  }
  std::uint64_t milliseconds() const { return disk->tick(); }
};

}  // namespace ab::testing
