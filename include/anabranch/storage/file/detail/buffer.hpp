/// @file
/// Memory for file contents: bytes that aren't zeroed before they are read into.
#pragma once

#include "anabranch/core/bytes.hpp"

#include <cstddef>
#include <cstring>
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
  ~buffer() { delete[] data_; }

  std::byte* data() noexcept { return data_; }
  std::byte const* data() const noexcept { return data_; }
  std::size_t capacity() const noexcept { return capacity_; }

  // Room for `n` bytes; the contents are lost.
  void reset(std::size_t n) {
    delete[] std::exchange(data_, nullptr);
    capacity_ = 0;
    data_ = new std::byte[n];
    capacity_ = n;
  }
  // Room for `n` bytes; the first `keep` stay.
  void grow(std::size_t n, std::size_t keep) {
    if (n <= capacity_) return;
    auto* const bigger = new std::byte[n];
    if (keep != 0) std::memcpy(bigger, data_, keep);
    delete[] std::exchange(data_, bigger);
    capacity_ = n;
  }

 private:
  std::byte* data_ = nullptr;
  std::size_t capacity_ = 0;
};

}  // namespace ab::file::detail
