/// @file
/// `ab::memory_blobs`: a blob store in memory.
#pragma once

#include "anabranch/blob/concepts.hpp"
#include "anabranch/blob/detail/incoming.hpp"
#include "anabranch/blob/entry.hpp"
#include "anabranch/blob/errors.hpp"
#include "anabranch/blob/options.hpp"
#include "anabranch/blob/ref.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/policies/concurrency.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace ab {

/// Keeps blobs in memory: for tests, caches, and stores that are in memory themselves. Gone with the object.
///
/// The bytes of a blob are hashed when they are put and never change, so reading compares the size alone.
/// Movable; writers and readers stay valid, and must not outlive it. Threads: as the concurrency policy says, moving and
/// destroying excepted; a writer or reader is one thread's at a time.
/// @tparam Hash a hash policy
/// @tparam Concurrency `single_threaded` or `locked<Mutex>`
template <class Hash = sha256, class Concurrency = single_threaded>
class memory_blobs {
  static_assert(detail::must_be_hash<Hash>());

 public:
  using hash = Hash;
  using digest = typename Hash::digest;
  using ref = basic_blob_ref<Hash>;
  using entry = blob_entry<Hash>;
  class writer_type;
  class reader_type;

  explicit memory_blobs(blob_options const& options = {}) : state_(new state(options)) {}
  memory_blobs(memory_blobs&& o) noexcept : state_(std::exchange(o.state_, nullptr)) {}
  memory_blobs& operator=(memory_blobs&& o) noexcept {
    std::swap(state_, o.state_);
    return *this;
  }
  ~memory_blobs() { delete state_; }

  /// Keeps `content`. Bytes that are there already aren't kept twice. O(size + log n).
  /// @param media_type "type/subtype", for the reference alone: `invalid_argument` where it is none
  /// @return the reference; `too_large`
  result<ref> put(bytes_view content, std::string_view media_type) { return put_as(content, media_type); }
  /// Keeps `content` if it is what `expected` names; otherwise `corrupt`. O(size + log n).
  result<ref> put(bytes_view content, ref const& expected) { return put_as(content, expected); }

  /// A writer that takes a blob in pieces.
  result<writer_type> writer(std::string_view media_type) { return write_as(media_type); }
  /// A writer that takes the blob that `expected` names, and refuses another.
  result<writer_type> writer(ref const& expected) { return write_as(expected); }

  /// The bytes that `r` names. O(size + log n).
  /// @return `no_such_blob`; `corrupt` where the blob has another size than `r` says; `too_large`
  result<bytes> get(ref const& r) const {
    if (r.size > state_->options.max_size)
      return detail::blob_too_large(detail::blob_place(r.id), state_->options.max_size, r.size);
    typename detail::gate<Concurrency>::hold const lock(state_->gate);
    auto const found = state_->find(r);
    if (!found) return found.error();
    return **found;
  }
  /// A reader that gives the same in pieces. Once the blob is erased it gives `no_such_blob`.
  result<reader_type> reader(ref const& r) const {
    typename detail::gate<Concurrency>::hold const lock(state_->gate);
    if (auto const found = state_->find(r); !found) return found.error();
    return reader_type(*state_, r);
  }

  /// Whether there is a blob under `id`. O(log n).
  result<bool> contains(digest const& id) const {
    typename detail::gate<Concurrency>::hold const lock(state_->gate);
    return state_->content.contains(id);
  }
  /// Removes the blob under `id`. O(log n). @return whether there was one
  result<bool> erase(digest const& id) {
    typename detail::gate<Concurrency>::hold const lock(state_->gate);
    return state_->content.erase(id) != 0;
  }
  /// All blobs, sorted by id. O(n).
  result<std::vector<entry>> list() const {
    typename detail::gate<Concurrency>::hold const lock(state_->gate);
    std::vector<entry> all;
    all.reserve(state_->content.size());
    for (auto const& [id, content] : state_->content) all.push_back({id, content.size()});
    return all;
  }

 private:
  struct state {
    blob_options options;
    [[no_unique_address]] detail::gate<Concurrency> gate{};
    std::map<digest, bytes> content{};

    // No aggregate: Clang 16 miscompiles some that have an empty member without an address.
    explicit state(blob_options const& o) : options(o) {}

    // Under the lock.
    result<bytes const*> find(ref const& r) const {
      auto const at = content.find(r.id);
      if (at == content.end()) return detail::blob_missing(detail::blob_place(r.id));
      if (at->second.size() != r.size)
        return detail::blob_of_other_size(detail::blob_place(r.id), r.size, at->second.size());
      return &at->second;
    }
    void keep(ref const& r, bytes&& b) {
      typename detail::gate<Concurrency>::hold const lock(gate);
      content.try_emplace(r.id, std::move(b));
    }
  };

  template <class As>
  result<ref> put_as(bytes_view content, As const& as) {
    auto in = detail::incoming_blob<Hash>::begin(as, state_->options);
    if (!in) return in.error();
    if (auto r = in->take(content); !r) return r.error();
    auto r = in->finish();
    if (r) state_->keep(*r, bytes(content.begin(), content.end()));
    return r;
  }
  template <class As>
  result<writer_type> write_as(As const& as) {
    auto in = detail::incoming_blob<Hash>::begin(as, state_->options);
    if (!in) return in.error();
    return writer_type(*state_, *std::move(in));
  }

  state* state_;
};

/// Takes a blob in pieces. Without `finish` nothing is kept. After an error it is of no more use.
template <class Hash, class Concurrency>
class memory_blobs<Hash, Concurrency>::writer_type {
 public:
  writer_type(writer_type&& o) noexcept
      : state_(std::exchange(o.state_, nullptr)), in_(std::move(o.in_)), content_(std::move(o.content_)) {}
  writer_type& operator=(writer_type&& o) noexcept {
    state_ = std::exchange(o.state_, nullptr);
    in_ = std::move(o.in_);
    content_ = std::move(o.content_);
    return *this;
  }

  /// Takes the next bytes. O(size) amortised. @return `too_large`; `corrupt` where they are more than was named
  result<void> append(bytes_view more) {
    if (state_ == nullptr) return detail::blob_writer_done();
    auto r = in_.take(more);
    if (!r)
      drop();
    else
      content_.insert(content_.end(), more.begin(), more.end());
    return r;
  }
  /// Keeps the blob. @return the reference; `corrupt` where it isn't what was named
  result<ref> finish() {
    if (state_ == nullptr) return detail::blob_writer_done();
    auto r = in_.finish();
    if (r) state_->keep(*r, std::move(content_));
    drop();
    return r;
  }

 private:
  friend class memory_blobs;
  writer_type(state& s, detail::incoming_blob<Hash>&& in) noexcept : state_(&s), in_(std::move(in)) {}
  void drop() noexcept {
    state_ = nullptr;
    content_ = {};
  }

  state* state_;
  detail::incoming_blob<Hash> in_;
  bytes content_{};
};

/// Gives a blob in pieces.
template <class Hash, class Concurrency>
class memory_blobs<Hash, Concurrency>::reader_type {
 public:
  /// Fills `to` from its front. @return how many bytes, 0 at the end; `no_such_blob` where it was erased meanwhile
  result<std::size_t> read(std::span<std::byte> to) {
    if (to.empty()) return detail::blob_read_into_nothing();
    typename detail::gate<Concurrency>::hold const lock(state_->gate);
    auto const found = state_->find(ref_);
    if (!found) return found.error();
    auto const& content = **found;
    auto const n = to.size() < content.size() - at_ ? to.size() : content.size() - at_;
    if (n != 0) std::memcpy(to.data(), content.data() + at_, n);
    at_ += n;
    return n;
  }
  /// Whether all has been read: `invalid_argument` where it hasn't.
  result<void> finish() {
    if (at_ != ref_.size) return detail::blob_not_read_whole(detail::blob_place(ref_.id), ref_.size, at_);
    return {};
  }

 private:
  friend class memory_blobs;
  reader_type(state const& s, ref const& r) : state_(&s), ref_(r) {}

  state const* state_;
  ref ref_;
  std::size_t at_ = 0;
};

}  // namespace ab
