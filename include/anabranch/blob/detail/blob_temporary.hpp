// The file that a put writes before it has a name.
#pragma once

#include "anabranch/blob/detail/blob_path.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/detail/errors.hpp"
#include "anabranch/storage/file/detail/open_file.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace ab::detail {

// Removes the file unless it was given a name. Locked while somebody writes it, so that what is left of a crash can be told from it.
template <class Files>
class blob_temporary {
 public:
  using handle = typename Files::handle;

  blob_temporary() noexcept = default;
  blob_temporary(blob_temporary&& o) noexcept
      : files_(o.files_), root_(o.root_), file_(std::move(o.file_)), name_(o.name_), size_(o.size_) {}
  blob_temporary& operator=(blob_temporary&& o) noexcept {
    drop();
    files_ = o.files_;
    root_ = o.root_;
    file_ = std::move(o.file_);
    name_ = o.name_;
    size_ = o.size_;
    return *this;
  }
  ~blob_temporary() { drop(); }

  static result<blob_temporary> create(Files const& files, handle root, std::string_view path) {
    for (int attempt = 0;; ++attempt) {
      blob_temporary t;
      std::array<std::byte, temporary_name::random_bytes> random{};
      if (int const r = files.random(random.data(), random.size()); r < 0)
        return file::detail::system_error(r, place_of(path));
      t.name_.append(temporary_name::prefix);
      for (auto const b : random) {
        char const digits[] = {"0123456789abcdef"[std::to_integer<unsigned>(b >> 4U)],
                               "0123456789abcdef"[std::to_integer<unsigned>(b & std::byte{15})]};
        t.name_.append({digits, 2});
      }
      auto const h = files.create(root, t.name_.c_str());
      if (h < 0 && (h != -EEXIST || attempt == attempts)) return file::detail::system_error(h, place_of(path));
      if (h < 0) continue;
      t.files_ = files;
      t.root_ = root;
      t.file_ = file::detail::open_file<Files>(files, h);
      // Who opens the folder just now may take it for a leftover, before it is locked. Where there are no locks, nobody does.
      int const locked = files.lock(h);
      bool const taken = locked == -EWOULDBLOCK || files.names(h) == 0;
      if (!taken || attempt == attempts) return t;
    }
  }

  // Writes on at the end. After an error it is of no more use.
  int append(bytes_view b) noexcept {
    int const r = file::detail::write_fully(files_, file_.get(), b.data(), b.size(), size_);
    if (r == 0) size_ += b.size();
    return r;
  }
  int sync() noexcept { return files_.sync(file_.get()); }
  // Gives it its name, for good: `-EEXIST` where there is one already.
  int rename_new(handle folder, char const* name) noexcept {
    int const r = files_.rename_new(root_, name_.c_str(), folder, name);
    if (r == 0) file_.close();
    return r;
  }
  void drop() noexcept {
    if (!file_) return;
    (void)files_.remove(root_, name_.c_str());
    file_.close();
  }

 private:
  static constexpr int attempts = 100;

  [[no_unique_address]] Files files_{};
  handle root_ = Files::none;
  file::detail::open_file<Files> file_{};
  text<40> name_{};
  std::uint64_t size_ = 0;
};

}  // namespace ab::detail
