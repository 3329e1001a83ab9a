/// @file
/// Errors of a byte log: the system's numbers in words, and places.
#pragma once

#include "anabranch/core/error.hpp"

#include <cerrno>
#include <cstdint>
#include <string_view>

namespace ab::file::detail {

// `strerror` may be neither thread-safe nor of static lifetime.
constexpr std::string_view errno_text(int e) noexcept {
  switch (e) {
    case EACCES: return "the system refused: permission denied";
    case EPERM: return "the system refused: operation not permitted";
    case EROFS: return "the system refused: read-only file system";
    case ENOENT: return "the system found no such file or directory";
    case ENOTDIR: return "the system found no directory where one was named";
    case EISDIR: return "the system found a directory where a file was expected";
    case EEXIST: return "the system found that the file exists";
    case ENOSPC: return "no space left on the device";
    case EDQUOT: return "the disk quota is used up";
    case EFBIG: return "the system refused: file too large";
    case EIO: return "the device reported an input/output error";
    case EMFILE: return "the process has too many files open";
    case ENFILE: return "the system has too many files open";
    case ENOMEM: return "the system is out of memory";
    case ENAMETOOLONG: return "the system refused: name too long";
    case ELOOP: return "the system found too many symbolic links";
    case EBUSY: return "the system found the file busy";
    case ENODEV: return "something else than a file lies there";
    case ENXIO: return "the system found no such device or address";
    case EINVAL: return "the system refused: invalid argument";
    case EBADF: return "the system refused: bad file handle";
    case ENOLCK: return "the system is out of locks";
    case ENOTSUP: return "the file system doesn't support the operation";
    case ESTALE: return "the network file system lost the file";
    default: return "the system refused a file operation";
  }
}

constexpr bool means_full(std::int64_t r) noexcept { return r == -ENOSPC || r == -EDQUOT || r == -EFBIG; }

// "notes.log/0000000003.segment", with the front cut off where it is too long, since the end tells more.
constexpr text<120> place(std::string_view directory, std::string_view name = {}) noexcept {
  constexpr std::size_t most = 60;
  text<120> t;
  if (directory.size() > most) {
    auto from = directory.size() - most;
    while (from < directory.size() && (static_cast<unsigned char>(directory[from]) & 0xC0U) == 0x80U) ++from;
    t.append("...").append(directory.substr(from));
  } else {
    t.append(directory);
  }
  if (!name.empty() && !directory.empty()) t.append("/");
  t.append(name);
  return t;
}

// As above, with " bytes 4096 to 8192".
constexpr text<120> place(std::string_view directory, std::string_view name, std::uint64_t from,
                          std::uint64_t to) noexcept {
  auto t = place(directory, name);
  t.append(" bytes ").append(static_cast<std::int64_t>(from)).append(" to ").append(static_cast<std::int64_t>(to));
  return t;
}

// The error for a call that returned `r`, a negated errno.
constexpr error system_error(std::int64_t r, text<120> where) noexcept {
  int const e = static_cast<int>(-r);
  if (means_full(r)) return {errc::disk_full, errno_text(e), "free some space, then try again", where};
  where.append(" (errno ").append(std::int64_t{e}).append(")");
  return {errc::io, errno_text(e), "check the path, its permissions, and the device", where};
}

}  // namespace ab::file::detail
