// Opening a folder of blobs: making it, telling whether it is one, cleaning up after a crash.
#pragma once

#include "anabranch/blob/detail/blob_folder.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>

namespace ab::detail {

template <class Hash, class Files>
class blob_folder_opener {
  using folder = blob_folder<Hash, Files>;
  using open_file = typename folder::open_file;

 public:
  explicit blob_folder_opener(folder& f) noexcept : f_(f) {}

  result<void> open() {
    auto h = f_.files.open_directory(f_.path.c_str());
    if (h == -ENOENT) {
      if (int const r = f_.files.make_directory(f_.path.c_str()); r < 0 && r != -EEXIST) return failure(r);
      h = f_.files.open_directory(f_.path.c_str());
    }
    if (h == -ENOTDIR) return not_a_folder("a file lies where the folder of blobs should be");
    if (h < 0) return failure(h);
    f_.root = open_file(f_.files, h);
    auto found = marked();
    if (found && !*found) {
      if (auto const made = mark(); !made) return made;
      found = marked();
    }
    if (!found) return found.error();
    if (!*found) return failure(-ENOENT);
    clean();
    return {};
  }

 private:
  static constexpr char const* marker = "format";

  // "anabranch blobs 1 sha256": what it is, in which version, and how its blobs are named.
  static std::string mark_text() { return std::string("anabranch blobs 1 ").append(Hash::name).append("\n"); }

  error failure(std::int64_t r) const noexcept { return file::detail::system_error(r, place_of(f_.path)); }
  error not_a_folder(std::string_view what) const noexcept {
    return {errc::wrong_format, what, "choose another path", place_of(f_.path)};
  }

  // Whether there is a mark, which then is the right one.
  result<bool> marked() const {
    open_file const there(f_.files, f_.files.open_to_read(f_.root.get(), marker));
    if (there.get() == -ENOENT) return false;
    if (!there) return failure(there.get());
    std::array<char, 128> text{};
    auto const n =
        file::detail::read_fully(f_.files, there.get(), reinterpret_cast<std::byte*>(text.data()), text.size(), 0);
    if (n < 0) return failure(n);
    if (std::string_view(text.data(), static_cast<std::size_t>(n)) == mark_text()) return true;
    return error(errc::wrong_format,
                 "the folder holds no blobs, or they are named by another hash or kept by a later version",
                 "open it as what it is; its file \"format\" says so", place_of(f_.path));
  }

  result<void> mark() {
    bool alien = false;
    int r = f_.files.list(f_.root.get(), [&](std::string_view name) {
      alien = !temporary_name::is_one(name) && name != marker;
      return !alien;
    });
    if (r < 0) return failure(r);
    if (alien) return not_a_folder("the folder holds other files and no blobs");
    auto t = folder::temporary::create(f_.files, f_.root.get(), f_.path);
    if (!t) return t.error();
    auto const text = mark_text();
    r = t->append({reinterpret_cast<std::byte const*>(text.data()), text.size()});
    if (r == 0) r = t->sync();
    if (r < 0) return failure(r);
    r = t->rename_new(f_.root.get(), marker);
    if (r < 0 && r != -EEXIST) return failure(r);  // somebody else may have been quicker
    return {};                                     // it is synced with the first blob
  }

  // What a crash left and nobody writes any more. A failure is none: it is in nobody's way.
  void clean() const {
    (void)f_.files.list(f_.root.get(), [&](std::string_view name) {
      if (temporary_name::is_one(name)) {
        text<40> const zero_ended(name);
        open_file const leftover(f_.files, f_.files.open_to_read(f_.root.get(), zero_ended.c_str()));
        if (leftover && f_.files.lock(leftover.get()) == 0) (void)f_.files.remove(f_.root.get(), zero_ended.c_str());
      }
      return true;
    });
  }

  folder& f_;
};

}  // namespace ab::detail
