/// @file
/// `ab::folder_blobs`: a blob store in a folder.
#pragma once

#include "anabranch/blob/concepts.hpp"
#include "anabranch/blob/detail/blob_folder.hpp"
#include "anabranch/blob/detail/incoming.hpp"
#include "anabranch/blob/detail/open_blob_folder.hpp"
#include "anabranch/blob/posix_blob_files.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace ab {

/// Keeps blobs in a folder, a file each, under the digest of its bytes: `blobs/ab/cdef…`.
///
/// When `put` or a writer's `finish` returns, the blob survives a power failure: put it first, then commit what names it.
/// A file has its name only once it is whole and synced; what a crash leaves is removed when the folder is opened. Nothing is ever replaced:
/// other bytes under a name are `corrupt`. After a failed sync of a folder, puts and erasures are `failed` until it is opened again.
///
/// Any number of threads and processes may use a folder at once; a writer or reader is one thread's at a time. Movable;
/// writers and readers stay valid, and must not outlive it. Every call may give `io` besides.
/// @tparam Hash a hash policy
/// @tparam Files how files are reached; for tests of failures
template <class Hash = sha256, class Files = posix_blob_files>
class folder_blobs {
  static_assert(detail::must_be_hash<Hash>());
  using folder = detail::blob_folder<Hash, Files>;

 public:
  using hash = Hash;
  using digest = typename Hash::digest;
  using ref = basic_blob_ref<Hash>;
  using entry = blob_entry<Hash>;
  class writer_type;
  class reader_type;

  /// Opens the folder at `path`; makes it where there is none. One that is there may be on a read-only file system.
  /// @return `wrong_format` where it holds something else, or blobs that are named by another hash; `disk_full`
  static result<folder_blobs> open(std::string_view path, blob_options const& options = {}, Files files = {}) {
    folder_blobs blobs(new folder(files, path, options));
    if (auto const r = detail::blob_folder_opener<Hash, Files>(*blobs.folder_).open(); !r) return r.error();
    return blobs;
  }
  folder_blobs(folder_blobs&& o) noexcept : folder_(std::exchange(o.folder_, nullptr)) {}
  folder_blobs& operator=(folder_blobs&& o) noexcept {
    std::swap(folder_, o.folder_);
    return *this;
  }
  ~folder_blobs() { delete folder_; }

  /// Keeps `content`, durably. What is there already is read and compared rather than written. O(size), two syncs.
  /// @param media_type "type/subtype", for the reference alone: `invalid_argument` where it is none
  /// @return the reference; `too_large`; `disk_full`, and then nothing is left; `corrupt` where other bytes have its name; `failed`
  result<ref> put(bytes_view content, std::string_view media_type) { return put_as(content, media_type); }
  /// Keeps `content` if it is what `expected` names; otherwise `corrupt`, and nothing is left. As above.
  result<ref> put(bytes_view content, ref const& expected) { return put_as(content, expected); }

  /// A writer that takes a blob in pieces.
  result<writer_type> writer(std::string_view media_type) { return write_as(media_type); }
  /// A writer that takes the blob that `expected` names, and refuses another.
  result<writer_type> writer(ref const& expected) { return write_as(expected); }

  /// The bytes that `r` names, read whole and hashed. O(size). Nothing is allocated before the file is as large as `r` says.
  /// @return `no_such_blob`; `corrupt`, with the place, where they have another size or digest; `too_large`
  result<bytes> get(ref const& r) const {
    detail::blob_path const blob(r.id);
    if (r.size > folder_->options.max_size)
      return detail::blob_too_large(detail::place_of(folder_->path, blob), folder_->options.max_size, r.size);
    auto const from = folder_->open(r, blob);
    if (!from) return from.error();
    bytes all(static_cast<std::size_t>(r.size));
    if (auto const ok = folder_->check(*from, blob, r, all); !ok) return ok.error();
    return all;
  }
  /// A reader that gives the same in pieces, with no limit of size. It goes on to its end when the blob is erased meanwhile.
  result<reader_type> reader(ref const& r) const {
    detail::blob_path const blob(r.id);
    auto from = folder_->open(r, blob);
    if (!from) return from.error();
    return reader_type(folder_->files, *std::move(from), r, detail::place_of(folder_->path, blob));
  }

  /// Whether a file has the name `id`; not whether it is whole, nor durable where another process is just putting it. O(1).
  result<bool> contains(digest const& id) const { return folder_->contains(id); }
  /// Removes the blob under `id`, whatever its bytes, durably. One sync. @return whether there was one
  result<bool> erase(digest const& id) { return folder_->erase(id); }
  /// All blobs, sorted by id; other files are left out. O(n log n), and a call of the system each.
  result<std::vector<entry>> list() const { return folder_->list(); }

 private:
  explicit folder_blobs(folder* f) noexcept : folder_(f) {}

  template <class As>
  result<ref> put_as(bytes_view content, As const& as) {
    auto in = detail::incoming_blob<Hash>::begin(as, folder_->options);
    if (!in) return in.error();
    if (auto const r = folder_->may_write(); !r) return r.error();
    if (auto const r = in->take(content); !r) return r.error();
    auto r = in->finish();
    if (!r) return r;
    detail::blob_path const blob(r->id);
    auto const in_folder = folder_->enter(blob);
    if (!in_folder) return in_folder.error();
    auto const there = folder_->settle(*in_folder, blob, *r);
    if (!there) return there.error();
    if (*there) return r;
    auto t = folder::temporary::create(folder_->files, folder_->root.get(), folder_->path);
    if (!t) return t.error();
    if (int const w = t->append(content); w < 0) return folder_->failure(w, blob);
    if (auto const kept = folder_->name(*t, *in_folder, blob, *r); !kept) return kept.error();
    return r;
  }
  template <class As>
  result<writer_type> write_as(As const& as) {
    auto in = detail::incoming_blob<Hash>::begin(as, folder_->options);
    if (!in) return in.error();
    if (auto const r = folder_->may_write(); !r) return r.error();
    auto t = folder::temporary::create(folder_->files, folder_->root.get(), folder_->path);
    if (!t) return t.error();
    return writer_type(*folder_, *std::move(in), *std::move(t));
  }

  folder* folder_;
};

/// Takes a blob in pieces. Each goes to the file at once: pieces of 64 KiB and more are best. Without `finish` nothing is
/// left, nor after an error, and then it is of no more use.
template <class Hash, class Files>
class folder_blobs<Hash, Files>::writer_type {
 public:
  writer_type(writer_type&& o) noexcept
      : folder_(std::exchange(o.folder_, nullptr)), in_(std::move(o.in_)), file_(std::move(o.file_)) {}
  writer_type& operator=(writer_type&& o) noexcept {
    folder_ = std::exchange(o.folder_, nullptr);
    in_ = std::move(o.in_);
    file_ = std::move(o.file_);
    return *this;
  }

  /// Takes the next bytes. O(size). @return `too_large`; `disk_full`; `corrupt` where they are more than was named
  result<void> append(bytes_view more) {
    if (folder_ == nullptr) return detail::blob_writer_done();
    auto r = in_.take(more);
    if (r) {
      if (int const w = file_.append(more); w < 0) r = file::detail::system_error(w, detail::place_of(folder_->path));
    }
    if (!r) drop();
    return r;
  }
  /// Keeps the blob, durably. Two syncs. @return the reference; as `put`
  result<ref> finish() {
    if (folder_ == nullptr) return detail::blob_writer_done();
    auto r = in_.finish();
    if (r) {
      if (auto const kept = folder_->keep(file_, *r); !kept) r = kept.error();
    }
    drop();
    return r;
  }

 private:
  friend class folder_blobs;
  writer_type(folder& f, detail::incoming_blob<Hash>&& in, typename folder::temporary&& t) noexcept
      : folder_(&f), in_(std::move(in)), file_(std::move(t)) {}
  void drop() noexcept {
    folder_ = nullptr;
    file_.drop();
  }

  folder* folder_;
  detail::incoming_blob<Hash> in_;
  typename folder::temporary file_;
};

/// Gives a blob in pieces. They are provisional until `read` gives 0, or `finish` succeeds: only then is the digest known to be right.
template <class Hash, class Files>
class folder_blobs<Hash, Files>::reader_type {
 public:
  /// Fills `to` from its front. @return how many bytes; 0 once all were read and are right; `corrupt` where they aren't
  result<std::size_t> read(std::span<std::byte> to) {
    if (to.empty()) return detail::blob_read_into_nothing();
    if (at_ == ref_.size) {
      if (auto const ok = finish(); !ok) return ok.error();
      return std::size_t{0};
    }
    auto const n = to.size() < ref_.size - at_ ? to.size() : static_cast<std::size_t>(ref_.size - at_);
    auto const got = files_.read(file_.get(), to.data(), n, at_);
    if (got < 0) return file::detail::system_error(got, where_);
    if (got == 0) return detail::blob_of_other_size(where_, ref_.size, at_);
    hash_.update(to.first(static_cast<std::size_t>(got)));
    at_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }
  /// Whether all was read and is right. @return `corrupt` where it isn't; `invalid_argument` where not all was read
  result<void> finish() {
    if (at_ != ref_.size) return detail::blob_not_read_whole(where_, ref_.size, at_);
    Hash all = hash_;
    if (all.finish() != ref_.id) return detail::blob_of_other_bytes(where_);
    return {};
  }

 private:
  friend class folder_blobs;
  reader_type(Files files, typename folder::open_file&& file, ref const& r, text<120> const& where)
      : files_(files), file_(std::move(file)), ref_(r), where_(where) {}

  [[no_unique_address]] Files files_;
  typename folder::open_file file_;
  ref ref_;
  text<120> where_;
  Hash hash_{};
  std::uint64_t at_ = 0;
};

}  // namespace ab
