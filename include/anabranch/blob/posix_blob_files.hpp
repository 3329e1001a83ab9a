/// @file
/// `ab::posix_blob_files`: the operating system's files, and what a folder of blobs asks of files.
#pragma once

#include "anabranch/storage/file/posix_files.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ab {

/// The default `Files` of `folder_blobs`: what a log asks of files, and names in folders below folders. Stateless.
///
/// Each call returns 0, a count, or a handle, or `-errno`. Nothing follows a symbolic link but the path of the folder itself,
/// which is the user's own.
struct posix_blob_files : file::posix_files {
  /// The folder `name` in another.
  handle open_directory_in(handle directory, char const* name) const noexcept {
    return file::detail::checked(
        [&] { return ::openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); });
  }
  int make_directory_in(handle directory, char const* name) const noexcept {
    return file::detail::checked([&] { return ::mkdirat(directory, name, 0777); });
  }
  /// Creates a file; `-EEXIST` where there is anything of that name. Who opens it later can only read it.
  handle create(handle directory, char const* name) const noexcept {
    return file::detail::checked(
        [&] { return ::openat(directory, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444); });
  }
  /// Opens a file to be read; never waits, whatever it is.
  handle open_to_read(handle directory, char const* name) const noexcept {
    return file::detail::checked(
        [&] { return ::openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); });
  }
  /// The size of what was opened; `-EISDIR` where it is no regular file.
  std::int64_t size_of_file(handle h) const noexcept {
    struct stat s {};
    int const r = file::detail::checked([&] { return ::fstat(h, &s); });
    return r < 0 ? r : S_ISREG(s.st_mode) ? static_cast<std::int64_t>(s.st_size) : -EISDIR;
  }
  /// The size of the regular file `name`; `-EISDIR` where it is none.
  std::int64_t size_in(handle directory, char const* name) const noexcept {
    struct stat s {};
    int const r = file::detail::checked([&] { return ::fstatat(directory, name, &s, AT_SYMLINK_NOFOLLOW); });
    return r < 0 ? r : S_ISREG(s.st_mode) ? static_cast<std::int64_t>(s.st_size) : -EISDIR;
  }
  /// How many names a file has; 0 once it was removed.
  std::int64_t names(handle h) const noexcept {
    struct stat s {};
    int const r = file::detail::checked([&] { return ::fstat(h, &s); });
    return r < 0 ? r : static_cast<std::int64_t>(s.st_nlink);
  }
  /// Gives a file another name, perhaps in another folder, in one step. `-EEXIST` where there is anything of that name: it
  /// never replaces.
  int rename_new(handle from_directory, char const* from, handle to_directory, char const* to) const noexcept {
#if defined(RENAME_NOREPLACE)
    int const r =
        file::detail::checked([&] { return ::renameat2(from_directory, from, to_directory, to, RENAME_NOREPLACE); });
    if (r != -EINVAL && r != -ENOSYS) return r;
#endif
    return link_new(from_directory, from, to_directory, to);  // file systems without it, such as NFS, have links
  }

 protected:
  // Once it has the new name, an old one that stays is only a leftover.
  int link_new(handle from_directory, char const* from, handle to_directory, char const* to) const noexcept {
    int const r = file::detail::checked([&] { return ::linkat(from_directory, from, to_directory, to, 0); });
    if (r == 0) (void)remove(from_directory, from);
    return r;
  }
};

}  // namespace ab
