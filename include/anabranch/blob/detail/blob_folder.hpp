// An open folder of blobs: where files lie, when they are durable, what is right.
#pragma once

#include "anabranch/blob/detail/blob_path.hpp"
#include "anabranch/blob/detail/blob_temporary.hpp"
#include "anabranch/blob/entry.hpp"
#include "anabranch/blob/errors.hpp"
#include "anabranch/blob/options.hpp"
#include "anabranch/blob/ref.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/detail/sort.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/detail/errors.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ab::detail {

// Any thread may call anything at any time: what changes is atomic, and the rest is the file system's.
template <class Hash, class Files>
struct blob_folder {
  using digest = typename Hash::digest;
  using ref = basic_blob_ref<Hash>;
  using handle = typename Files::handle;
  using open_file = file::detail::open_file<Files>;
  using temporary = blob_temporary<Files>;

  // Read at once, and hashed while it is in the processor's cache.
  static constexpr std::size_t piece = std::size_t{256} << 10U;

  [[no_unique_address]] Files files;
  std::string path;
  blob_options options;
  open_file root{};
  std::atomic<bool> sync_failed = false;
  std::atomic<bool> marked = false;            // whether the root's mark is known to be durable
  std::atomic<bool> named = false;             // whether the root's own name is
  std::array<std::atomic<bool>, 256> known{};  // whether the name of a folder in it is

  blob_folder(Files f, std::string_view p, blob_options const& o) : files(f), path(p), options(o) {}

  error failure(std::int64_t r, blob_path const& blob) const noexcept {
    return file::detail::system_error(r, place_of(path, blob));
  }

  // Nothing is acknowledged after a sync failed: the system may have dropped what it couldn't write, and not say so again.
  result<void> may_write() const noexcept {
    if (!sync_failed) return {};
    return error(errc::failed, "an earlier sync failed", "open the folder again; what was acknowledged before is in it",
                 place_of(path));
  }
  int sync(handle h) noexcept {
    int const r = files.sync(h);
    if (r < 0) sync_failed = true;
    return r;
  }

  // The folder that a blob lies in.
  open_file look(blob_path const& blob) const noexcept {
    return {files, files.open_directory_in(root.get(), blob.folder())};
  }

  // The same, made where it is missing.
  result<open_file> enter(blob_path const& blob) {
    open_file folder = look(blob);
    if (folder.get() == -ENOENT) {
      // A folder in it without the mark wouldn't be taken for one of blobs.
      int r = marked ? 0 : sync(root.get());
      if (r < 0) return failure(r, blob);
      marked = true;
      r = files.make_directory_in(root.get(), blob.folder());
      if (r < 0 && r != -EEXIST) return failure(r, blob);
      folder = look(blob);
    }
    if (!folder) return failure(folder.get(), blob);
    return folder;
  }

  // Makes the names in a blob's folder durable, and the folder's own. It may have been made by another process that ended
  // before it synced, and so may the root; hence asked once, whoever made them. Last, when there is the least left to do.
  int sync_names(open_file const& folder, blob_path const& blob) noexcept {
    int r = sync(folder.get());
    if (r < 0 || known[blob.index()]) return r;
    r = sync(root.get());
    if (r == 0 && !named) r = sync_parent();
    if (r < 0) return r;
    named = true;
    known[blob.index()] = true;
    return 0;
  }

  // Whether the blob is there, whole and durable. Other bytes under its name are an error.
  result<bool> settle(open_file const& folder, blob_path const& blob, ref const& r) {
    open_file const there(files, files.open_to_read(folder.get(), blob.file()));
    if (there.get() == -ENOENT) return false;
    if (there.get() == -ELOOP) return blob_of_other_bytes(place_of(path, blob));
    if (!there) return failure(there.get(), blob);
    auto const size = files.size_of_file(there.get());
    if (size == -EISDIR || (size >= 0 && static_cast<std::uint64_t>(size) != r.size))
      return blob_of_other_bytes(place_of(path, blob));
    if (size < 0) return failure(size, blob);
    bytes memory(static_cast<std::size_t>(least(piece, r.size)));
    if (auto const ok = check(there, blob, r, memory); !ok) return ok.error();
    int s = sync(there.get());
    if (s == 0) s = sync_names(folder, blob);
    if (s < 0) return failure(s, blob);
    return true;
  }

  // Makes what was written the blob that `r` names. When it returns, a power failure doesn't take it back.
  result<void> keep(temporary& t, ref const& r) {
    if (auto const ok = may_write(); !ok) return ok;
    blob_path const blob(r.id);
    auto const folder = enter(blob);
    if (!folder) return folder.error();
    auto const there = settle(*folder, blob, r);
    if (!there) return there.error();
    return *there ? result<void>() : name(t, *folder, blob, r);
  }
  // The same, where there was none a moment ago.
  result<void> name(temporary& t, open_file const& folder, blob_path const& blob, ref const& r) {
    // Not `sync`: a file whose bytes may be lost never gets the name, so nobody has to be told later.
    if (int const s = t.sync(); s < 0) return failure(s, blob);
    for (;;) {
      int s = t.rename_new(folder.get(), blob.file());
      if (s == -EEXIST) {  // somebody else was quicker
        auto const there = settle(folder, blob, r);
        if (!there) return there.error();
        if (*there) return {};
        continue;
      }
      if (s == 0) s = sync_names(folder, blob);
      return s == 0 ? result<void>() : failure(s, blob);
    }
  }

  // The file of a blob, if it has the size that the reference says.
  result<open_file> open(ref const& r, blob_path const& blob) const {
    open_file const folder = look(blob);
    if (folder.get() == -ENOENT) return blob_missing(place_of(path, blob));
    if (!folder) return failure(folder.get(), blob);
    open_file there(files, files.open_to_read(folder.get(), blob.file()));
    if (there.get() == -ENOENT) return blob_missing(place_of(path, blob));
    if (there.get() == -ELOOP) return blob_of_other_bytes(place_of(path, blob));
    if (!there) return failure(there.get(), blob);
    auto const size = files.size_of_file(there.get());
    if (size == -EISDIR) return blob_of_other_bytes(place_of(path, blob));
    if (size < 0) return failure(size, blob);
    if (static_cast<std::uint64_t>(size) != r.size)
      return blob_of_other_size(place_of(path, blob), r.size, static_cast<std::uint64_t>(size));
    return there;
  }

  // Reads a whole blob through `memory`, which holds it whole or is one piece of it, and compares its digest.
  result<void> check(open_file const& from, blob_path const& blob, ref const& r, bytes& memory) const {
    Hash hash;
    for (std::uint64_t at = 0; at < r.size;) {
      auto const n = static_cast<std::size_t>(least(piece, r.size - at));
      auto* const to = memory.data() + (memory.size() == r.size ? static_cast<std::size_t>(at) : 0);
      auto const got = file::detail::read_fully(files, from.get(), to, n, at);
      if (got < 0) return failure(got, blob);
      if (static_cast<std::size_t>(got) != n)
        return blob_of_other_size(place_of(path, blob), r.size, at + static_cast<std::uint64_t>(got));
      hash.update({to, n});
      at += n;
    }
    if (hash.finish() != r.id) return blob_of_other_bytes(place_of(path, blob));
    return {};
  }

  result<bool> contains(digest const& id) const {
    blob_path const blob(id);
    open_file const folder = look(blob);
    if (folder.get() == -ENOENT) return false;
    if (!folder) return failure(folder.get(), blob);
    auto const size = files.size_in(folder.get(), blob.file());
    if (size == -ENOENT) return false;
    if (size == -EISDIR) return blob_of_other_bytes(place_of(path, blob));
    if (size < 0) return failure(size, blob);
    return true;
  }

  result<bool> erase(digest const& id) {
    if (auto const ok = may_write(); !ok) return ok.error();
    blob_path const blob(id);
    open_file const folder = look(blob);
    if (folder.get() == -ENOENT) return false;
    if (!folder) return failure(folder.get(), blob);
    int r = files.remove(folder.get(), blob.file());
    if (r == -ENOENT) return false;
    if (r == 0) r = sync(folder.get());
    if (r < 0) return failure(r, blob);
    return true;
  }

  result<std::vector<blob_entry<Hash>>> list() const {
    std::vector<blob_entry<Hash>> all;
    std::array<bool, blob_path::fan_out> present{};
    char hex[3] = {};
    auto const number = [](std::string_view two) {
      return std::string_view("0123456789abcdef").find(two[0]) * 16 + std::string_view("0123456789abcdef").find(two[1]);
    };
    int r = files.list(root.get(), [&](std::string_view name) {
      if (name.size() == 2 && is_hexadecimal(name)) present[number(name)] = true;
      return true;
    });
    for (std::size_t i = 0; r == 0 && i < present.size(); ++i) {
      if (!present[i]) continue;
      hex[0] = "0123456789abcdef"[i / 16];
      hex[1] = "0123456789abcdef"[i % 16];
      r = list_folder(hex, all);
    }
    if (r < 0) return file::detail::system_error(r, place_of(path));
    sort(all);
    return all;
  }

 private:
  static constexpr std::uint64_t least(std::uint64_t a, std::uint64_t b) noexcept { return a < b ? a : b; }

  // The folder above, whatever path led here. Who may not look into it didn't make this one in it.
  int sync_parent() noexcept {
    open_file const parent(files, files.open_directory_in(root.get(), ".."));
    return parent ? sync(parent.get()) : parent.get() == -EACCES || parent.get() == -EPERM ? 0 : parent.get();
  }

  int list_folder(char const* hex, std::vector<blob_entry<Hash>>& all) const {
    open_file const folder(files, files.open_directory_in(root.get(), hex));
    if (folder.get() == -ENOENT || folder.get() == -ENOTDIR || folder.get() == -ELOOP)
      return 0;  // not ours, or no more
    if (!folder) return folder.get();
    int failed = 0;
    std::string whole(hex);
    int const r = files.list(folder.get(), [&](std::string_view name) {
      try {
        whole.replace(2, std::string::npos, name);
        auto const id = digest::parse(whole);
        auto const size = id ? files.size_in(folder.get(), whole.c_str() + 2) : -EISDIR;
        if (size >= 0) all.push_back({*id, static_cast<std::uint64_t>(size)});
        if (size < 0 && size != -ENOENT && size != -EISDIR) failed = static_cast<int>(size);
      } catch (std::bad_alloc const&) {  // what walks the directory has to end it
        failed = -ENOMEM;
      }
      return failed == 0;
    });
    if (failed == -ENOMEM) throw std::bad_alloc();
    return r < 0 ? r : failed;
  }
};

}  // namespace ab::detail
