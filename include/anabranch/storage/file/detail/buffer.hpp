/// @file
/// Memory for file contents: whole pages' alignment, and not zeroed before it is read into.
#pragma once

#include "anabranch/core/bytes.hpp"

#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

namespace ab::file::detail {

class buffer {
 public:
  buffer() noexcept = default;
  buffer(buffer&& o) noexcept : data_(std::exchange(o.data_, nullptr)), capacity_(std::exchange(o.capacity_, 0)) {}
  buffer& operator=(buffer&& o) noexcept {
    std::swap(data_, o.data_);
    std::swap(capacity_, o.capacity_);
    return *this;
  }
  ~buffer() { release(); }

  std::byte* data() noexcept { return data_; }
  std::byte const* data() const noexcept { return data_; }
  std::size_t capacity() const noexcept { return capacity_; }

  // Room for `n` bytes; the contents are lost.
  void reset(std::size_t n) {
    release();
    data_ = allocate(n);
    capacity_ = n;
  }
  // Room for `n` bytes; the first `keep` stay.
  void grow(std::size_t n, std::size_t keep) {
    if (n <= capacity_) return;
    auto* const bigger = allocate(n);
    if (keep != 0) std::memcpy(bigger, data_, keep);
    release();
    data_ = bigger;
    capacity_ = n;
  }

 private:
  static constexpr std::align_val_t page{4096};
  static std::byte* allocate(std::size_t n) { return static_cast<std::byte*>(::operator new(n, page)); }
  void release() noexcept {
    if (data_ != nullptr) ::operator delete(std::exchange(data_, nullptr), page);
    capacity_ = 0;
  }

  std::byte* data_ = nullptr;
  std::size_t capacity_ = 0;
};

}  // namespace ab::file::detail
