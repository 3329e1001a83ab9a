/// @file
/// `ab::file::batch`: frames and commits that are staged for one write.
#pragma once

#include "anabranch/core/inline.hpp"
#include "anabranch/storage/file/format.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace ab::file {

/// A growing buffer of encoded frames. Between `begin_frame` and `end_frame` it is a byte sink; `end_commit` closes
/// what was framed since the last commit. One batch may hold many commits (group commit). Keeps its capacity when
/// cleared.
///
/// Only `extend` and what begins a frame or ends a commit allocate; where that throws, nothing has changed.
class batch {
 public:
  /// A place to come back to with `rewind`; void once the batch is cleared.
  struct mark_type {
    std::size_t size = 0;
    std::size_t committed = 0;
    std::uint32_t open_frames = 0;
    bool oversize = false;
  };

  batch() noexcept = default;
  batch(batch&& o) noexcept { swap(o); }
  batch& operator=(batch&& o) noexcept {
    swap(o);
    return *this;
  }
  ~batch() { delete[] data_; }

  /// Starts a frame. `kind` is 1 to 239; 0 and those above are the log's own. O(1) amortised; may throw `bad_alloc`.
  ANABRANCH_ALWAYS_INLINE void begin_frame(std::uint8_t kind, std::uint32_t tag, std::uint64_t number) {
    std::byte* const p = reserve(format::frame_header_size);
    format::put_frame_header(p, 0, number, tag, kind);
    frame_ = size_;
    size_ += format::frame_header_size;
  }

  /// Adds `n` bytes to the frame's payload, to be written by the caller through the pointer, which the next call makes
  /// invalid.
  ANABRANCH_ALWAYS_INLINE std::byte* extend(std::size_t n) {
    std::byte* const p = reserve(n);
    size_ += n;
    return p;
  }

  /// Ends the frame that was begun.
  /// @return its offset in this batch: it will lie at `write(batch) + offset`
  ANABRANCH_ALWAYS_INLINE std::size_t end_frame() noexcept {
    std::size_t const payload = size_ - frame_ - format::frame_header_size;
    std::memset(data_ + size_, 0, 8);
    size_ = (size_ + 7U) & ~std::size_t{7};
    oversize_ |= payload > format::max_payload;
    format::put_length(data_ + frame_, static_cast<std::uint32_t>(payload));
    ++open_frames_;
    return frame_;
  }

  /// Drops the frame that was begun and not ended.
  void cancel_frame() noexcept { size_ = frame_; }

  /// Closes every frame since the last commit: recovery keeps all of them or none. Without such frames it does nothing.
  ANABRANCH_ALWAYS_INLINE void end_commit() {
    if (open_frames_ == 0) return;
    std::byte* const p = reserve(format::marker_size);
    format::put_marker(p, format::kind_commit, open_frames_);
    size_ += format::marker_size;
    committed_ = size_;
    open_frames_ = 0;
  }

  /// Where the batch ends now. Not inside a frame.
  mark_type mark() const noexcept { return {size_, committed_, open_frames_, oversize_}; }

  /// Drops all that was staged after `m`, also a frame that was begun.
  void rewind(mark_type m) noexcept {
    size_ = m.size;
    committed_ = m.committed;
    open_frames_ = m.open_frames;
    oversize_ = m.oversize;
  }

  /// Drops everything and keeps the memory.
  void clear() noexcept { rewind({}); }

  /// Makes room for `n` more bytes (of payload, headers and padding), so that staging them can't throw.
  void reserve_bytes(std::size_t n) { (void)reserve(n); }

  bool empty() const noexcept { return size_ == 0; }
  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }
  /// Whether every frame is closed by a commit: only then can it be written.
  bool complete() const noexcept { return committed_ == size_; }
  /// Whether some payload is larger than the format allows: such a batch is refused when it is written.
  bool oversize() const noexcept { return oversize_; }

  std::byte* data() noexcept { return data_; }
  std::byte const* data() const noexcept { return data_; }

 private:
  ANABRANCH_ALWAYS_INLINE std::byte* reserve(std::size_t n) {
    if (capacity_ - size_ < n) [[unlikely]]
      grow(n);
    return data_ + size_;
  }
  // Capacities are multiples of 8, and 8 bytes more are allocated: padding a frame always has room and can't fail.
  [[gnu::noinline]] void grow(std::size_t n) {
    constexpr std::size_t most = static_cast<std::size_t>(-1) / 4;
    std::size_t wanted = capacity_ < 2048 ? 4096 : 2 * capacity_;
    if (wanted - size_ < n) wanted = n < most ? (size_ + n + 7U) & ~std::size_t{7} : most;
    auto* const bigger = new std::byte[wanted + 8];
    if (size_ != 0) std::memcpy(bigger, data_, size_);
    delete[] std::exchange(data_, bigger);
    capacity_ = wanted;
  }
  void swap(batch& o) noexcept {
    std::swap(data_, o.data_);
    std::swap(size_, o.size_);
    std::swap(capacity_, o.capacity_);
    std::swap(frame_, o.frame_);
    std::swap(committed_, o.committed_);
    std::swap(open_frames_, o.open_frames_);
    std::swap(oversize_, o.oversize_);
  }

  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::size_t frame_ = 0;      // where the frame began that is open
  std::size_t committed_ = 0;  // the end of the last commit
  std::uint32_t open_frames_ = 0;
  bool oversize_ = false;
};

}  // namespace ab::file
