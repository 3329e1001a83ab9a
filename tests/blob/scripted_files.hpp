// Real files on which one call fails, or at which the process is killed.
#pragma once

#include "anabranch/blob/posix_blob_files.hpp"

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace blobs {

struct script {
  int fail_at = 0;                     // the number of the call that fails; 0: none
  int error = EIO;                     // with what
  bool for_good = false;               // whether all later calls of the same kind fail too
  bool kill = false;                   // instead of failing: SIGKILL, before the call
  std::size_t most = ~std::size_t{0};  // bytes that a read or write moves at once
  bool no_rename = false;              // whether the file system lacks a rename that never replaces
  int calls = 0;
  std::string failed{};  // the kind of call that failed
  std::vector<std::string> seen{};

  // 0, or the error of this call.
  int next(char const* kind) {
    seen.emplace_back(kind);
    ++calls;
    if (calls == fail_at) {
      if (kill) ::raise(SIGKILL);
      failed = kind;
      return error;
    }
    return for_good && failed == kind ? error : 0;
  }
};

// Without a script, as the system's own.
struct scripted_files : ab::posix_blob_files {
  script* s = nullptr;

  int ask(char const* kind) const { return s != nullptr ? s->next(kind) : 0; }
  std::size_t few(std::size_t n) const { return s != nullptr && n > s->most ? s->most : n; }

  handle open_directory(char const* path) const {
    return ask("open_directory") ? -s->error : posix_blob_files::open_directory(path);
  }
  int make_directory(char const* path) const {
    return ask("make_directory") ? -s->error : posix_blob_files::make_directory(path);
  }
  handle open_directory_in(handle d, char const* n) const {
    return ask("open_directory_in") ? -s->error : posix_blob_files::open_directory_in(d, n);
  }
  int make_directory_in(handle d, char const* n) const {
    return ask("make_directory_in") ? -s->error : posix_blob_files::make_directory_in(d, n);
  }
  handle create(handle d, char const* n) const { return ask("create") ? -s->error : posix_blob_files::create(d, n); }
  handle open_to_read(handle d, char const* n) const {
    return ask("open_to_read") ? -s->error : posix_blob_files::open_to_read(d, n);
  }
  std::int64_t size_of_file(handle h) const {
    return ask("size_of_file") ? -s->error : posix_blob_files::size_of_file(h);
  }
  std::int64_t size_in(handle d, char const* n) const {
    return ask("size_in") ? -s->error : posix_blob_files::size_in(d, n);
  }
  std::int64_t names(handle h) const { return ask("names") ? -s->error : posix_blob_files::names(h); }
  std::int64_t read(handle h, std::byte* to, std::size_t n, std::uint64_t at) const {
    return ask("read") ? -s->error : posix_blob_files::read(h, to, few(n), at);
  }
  // A failing write has written half of its bytes.
  std::int64_t write(handle h, std::byte const* from, std::size_t n, std::uint64_t at) const {
    if (int const e = ask("write"); e != 0) {
      (void)posix_blob_files::write(h, from, n / 2, at);
      return -e;
    }
    return posix_blob_files::write(h, from, few(n), at);
  }
  int sync(handle h) const { return ask(kind_of_sync(h)) ? -s->error : posix_blob_files::sync(h); }
  int remove(handle d, char const* n) const { return ask("remove") ? -s->error : posix_blob_files::remove(d, n); }
  int rename_new(handle a, char const* from, handle b, char const* to) const {
    if (ask("rename_new")) return -s->error;
    return s != nullptr && s->no_rename ? posix_blob_files::link_new(a, from, b, to)
                                        : posix_blob_files::rename_new(a, from, b, to);
  }
  template <class F>
  int list(handle d, F&& f) const {
    return ask("list") ? -s->error : posix_blob_files::list(d, f);
  }
  int lock(handle h) const { return ask("lock") ? -s->error : posix_blob_files::lock(h); }
  int random(std::byte* to, std::size_t n) const { return ask("random") ? -s->error : posix_blob_files::random(to, n); }

 private:
  static char const* kind_of_sync(handle h) {
    return ab::posix_blob_files().size_of_file(h) < 0 ? "sync_folder" : "sync_file";
  }
};

}  // namespace blobs
