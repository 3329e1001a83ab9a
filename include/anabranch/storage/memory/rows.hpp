/// @file
/// The rows of a stream in memory.
#pragma once

#include "anabranch/core/detail/construct.hpp"
#include "anabranch/core/inline.hpp"

#include <cstddef>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::detail {

// A vector that also drops from its front, and that can be sealed: while it is, `full()` says so and the caller's rare
// path finds out why. That is how a fold forbids appends without a check on the append's hot path.
template <class T>
class rows {
 public:
  constexpr rows() = default;
  rows(rows const&) = delete;
  rows& operator=(rows const&) = delete;
  constexpr ~rows() { release(); }

  constexpr T const* begin() const noexcept { return begin_; }
  constexpr T const* end() const noexcept { return end_; }
  constexpr std::size_t size() const noexcept { return static_cast<std::size_t>(end_ - begin_); }

  ANABRANCH_ALWAYS_INLINE constexpr bool full() const noexcept { return end_ == limit_; }
  constexpr bool lacks(std::size_t n) const noexcept { return static_cast<std::size_t>(limit_ - end_) < n; }

  template <class... Args>
  ANABRANCH_ALWAYS_INLINE constexpr void push(Args&&... args) {
    construct(end_, std::forward<Args>(args)...);
    ++end_;
  }
  constexpr void pop(std::size_t n) noexcept {
    for (; n > 0; --n) std::destroy_at(--end_);
  }
  constexpr void drop_front(std::size_t n) noexcept {
    for (; n > 0; --n) std::destroy_at(begin_++);
    if (begin_ == end_) release();
  }

  constexpr void seal() noexcept { limit_ = end_; }
  constexpr void unseal() noexcept { limit_ = capacity_; }

  // Room for `n` more.
  constexpr void reserve(std::size_t n) {
    auto const used = size();
    auto const wanted = used + (n > used ? n : used);
    auto const capacity = wanted < 4 ? 4 : wanted;
    T* const block = std::allocator<T>().allocate(capacity);
    move_to(block);
    std::destroy(begin_, end_);
    free();
    block_ = begin_ = block;
    end_ = block + used;
    capacity_ = limit_ = block + capacity;
  }

 private:
  constexpr void move_to(T* to) noexcept {
    static_assert(std::is_nothrow_move_constructible_v<T>);
    if constexpr (std::is_trivially_copyable_v<T>) {
      if (!std::is_constant_evaluated()) {
        if (begin_ != end_) std::memcpy(static_cast<void*>(to), begin_, size() * sizeof(T));
        return;
      }
    }
    for (T* i = begin_; i != end_; ++i) construct(to++, std::move(*i));
  }
  constexpr void free() noexcept {
    if (block_ != nullptr) std::allocator<T>().deallocate(block_, static_cast<std::size_t>(capacity_ - block_));
  }
  constexpr void release() noexcept {
    std::destroy(begin_, end_);
    free();
    block_ = begin_ = end_ = limit_ = capacity_ = nullptr;
  }

  T* begin_ = nullptr;
  T* end_ = nullptr;
  T* limit_ = nullptr;
  T* block_ = nullptr;
  T* capacity_ = nullptr;
};

}  // namespace ab::detail
