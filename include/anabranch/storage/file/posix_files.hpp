/// @file
/// `ab::file::posix_files`: the operating system's files, and what a byte log asks of files.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#if defined(__APPLE__)
#include <sys/random.h>
#endif

namespace ab::file {

namespace detail {

static_assert(sizeof(off_t) >= 8, "segments may be larger than 2 GiB: compile with _FILE_OFFSET_BITS=64");

// A system call's result, or -errno; repeated where a signal interrupted it.
template <class F>
auto checked(F&& call) noexcept {
  for (;;) {
    auto const r = call();
    if (r >= 0) return r;
    if (errno != EINTR) return static_cast<decltype(call())>(-errno);
  }
}

// Changes in a child that was just forked, where there is no other thread.
inline unsigned forks = 0;

}  // namespace detail

/// How `Files::open` opens.
enum class file_access : std::uint8_t { read, write, create };

/// The default `Files`: POSIX calls. Stateless. The model for others, such as the one that fails on purpose in
/// `testing/`.
///
/// Each call returns 0, a count, or a handle, or `-errno`. `read` and `write` may do less than asked; an interrupted
/// call is repeated. Names are relative to a directory's handle and end in a zero byte.
struct posix_files {
  using handle = int;
  static constexpr handle none = -1;

  handle open_directory(char const* path) const noexcept {
    return detail::checked([&] { return ::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
  }
  int make_directory(char const* path) const noexcept {
    return detail::checked([&] { return ::mkdir(path, 0777); });
  }
  /// `-ENODEV` for what is no file: a pipe would be waited for.
  handle open(handle directory, char const* name, file_access access) const noexcept {
    int const how = access == file_access::read ? O_RDONLY : access == file_access::write ? O_RDWR : O_RDWR | O_CREAT;
    handle const h = detail::checked([&] { return ::openat(directory, name, how | O_CLOEXEC | O_NONBLOCK, 0666); });
    struct stat s {};
    if (h < 0 || (::fstat(h, &s) == 0 && (s.st_mode & S_IFMT) == S_IFREG)) return h;
    close(h);
    return -ENODEV;
  }
  // A second close of the same number might hit somebody else's file, so it isn't repeated.
  void close(handle h) const noexcept { (void)::close(h); }

  std::int64_t read(handle h, std::byte* to, std::size_t n, std::uint64_t offset) const noexcept {
    return detail::checked([&] { return ::pread(h, to, n < most ? n : most, static_cast<off_t>(offset)); });
  }
  std::int64_t write(handle h, std::byte const* from, std::size_t n, std::uint64_t offset) const noexcept {
    return detail::checked([&] { return ::pwrite(h, from, n < most ? n : most, static_cast<off_t>(offset)); });
  }
  /// Makes a file's bytes durable, and what of its metadata is needed to read them.
  int sync_data(handle h) const noexcept {
#if defined(__APPLE__)
    return detail::checked([&] { return ::fcntl(h, F_FULLFSYNC); });
#else
    return detail::checked([&] { return ::fdatasync(h); });
#endif
  }
  /// Makes a file, or the names in a directory, durable.
  int sync(handle h) const noexcept {
#if defined(__APPLE__)
    int const r = detail::checked([&] { return ::fcntl(h, F_FULLFSYNC); });
    return r == -ENOTSUP || r == -EINVAL ? detail::checked([&] { return ::fsync(h); }) : r;
#else
    return detail::checked([&] { return ::fsync(h); });
#endif
  }
  /// Reserves space, reading as zeros, up to `size`; where the system can't, only sets the size.
  int allocate(handle h, std::uint64_t size) const noexcept {
#if !defined(__APPLE__)
    int r = 0;
    do r = ::posix_fallocate(h, 0, static_cast<off_t>(size));
    while (r == EINTR);
    if (r != EOPNOTSUPP && r != EINVAL) return -r;
#endif
    return resize(h, size);
  }
  int resize(handle h, std::uint64_t size) const noexcept {
    return detail::checked([&] { return ::ftruncate(h, static_cast<off_t>(size)); });
  }
  std::int64_t size(handle h) const noexcept {
    struct stat s {};
    int const r = detail::checked([&] { return ::fstat(h, &s); });
    return r < 0 ? r : static_cast<std::int64_t>(s.st_size);
  }
  /// Where the next bytes at or behind `offset` lie that aren't a hole; the file's size where there are none.
  /// What is a hole reads as zeros; it is right, but slow, to say that there are no holes.
  std::int64_t next_data(handle h, std::uint64_t offset) const noexcept {
#if defined(SEEK_DATA)
    auto const r = detail::checked([&] { return ::lseek(h, static_cast<off_t>(offset), SEEK_DATA); });
    if (r >= 0) return r;
    if (r == -ENXIO) return size(h);
#else
    (void)h;
#endif
    return static_cast<std::int64_t>(offset);
  }
  int rename(handle directory, char const* from, char const* to) const noexcept {
    return detail::checked([&] { return ::renameat(directory, from, directory, to); });
  }
  int remove(handle directory, char const* name) const noexcept {
    return detail::checked([&] { return ::unlinkat(directory, name, 0); });
  }
  /// Calls `f(std::string_view)` with each name in a directory, in any order, until it returns false.
  template <class F>
  int list(handle directory, F&& f) const {
    // A directory stream takes its descriptor over, and shares a position with duplicates: it gets one of its own.
    handle const own = detail::checked([&] { return ::openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
    if (own < 0) return own;
    DIR* const stream = ::fdopendir(own);
    if (stream == nullptr) {
      int const r = -errno;
      close(own);
      return r;
    }
    int r = 0;
    for (;;) {
      errno = 0;
      auto const* const entry = ::readdir(stream);
      if (entry == nullptr) {
        r = -errno;
        break;
      }
      std::string_view const name = entry->d_name;
      if (name != "." && name != ".." && !f(name)) break;
    }
    (void)::closedir(stream);
    return r;
  }
  /// A number that is another one in a process forked off from this.
  unsigned process() const noexcept {
    static int const counts = ::pthread_atfork(nullptr, nullptr, [] { ++detail::forks; });
    (void)counts;
    return detail::forks;
  }
  /// Locks a file or directory until it is closed; `-EWOULDBLOCK` where somebody else has it locked.
  int lock(handle h) const noexcept {
    return detail::checked([&] { return ::flock(h, LOCK_EX | LOCK_NB); });
  }
  /// `n` random bytes, at most 256.
  int random(std::byte* to, std::size_t n) const noexcept {
    return detail::checked([&] { return ::getentropy(to, n); });
  }
  /// A clock that never goes back.
  std::uint64_t milliseconds() const noexcept {
    timespec t{};
    (void)::clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<std::uint64_t>(t.tv_sec) * 1000U + static_cast<std::uint64_t>(t.tv_nsec) / 1'000'000U;
  }

 private:
  static constexpr std::size_t most = std::size_t{1} << 30U;  // Linux moves at most 2 GiB in one call, macOS less
};

}  // namespace ab::file
