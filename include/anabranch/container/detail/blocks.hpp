// A growing array that never moves what lies in it beyond the first block: no copies as it grows, little memory to spare.
#pragma once

#include "anabranch/container/detail/no_memory.hpp"
#include "anabranch/container/sequence.hpp"
#include "anabranch/core/detail/construct.hpp"
#include "anabranch/core/inline.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>

namespace ab::detail {

template <class T, class Allocator>
class blocks {
  using traits = typename std::allocator_traits<Allocator>::template rebind_traits<T>;
  static constexpr std::uint32_t block = sizeof(T) <= 64 ? 256 : 32;

 public:
  template <class U>
  class walk {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = U*;
    using reference = U&;
    constexpr walk() noexcept = default;
    constexpr walk(std::conditional_t<std::is_const_v<U>, blocks const, blocks>* all, std::uint32_t i) noexcept
        : all_(all), i_(i) {
      find();
    }
    constexpr U& operator*() const noexcept { return *at_; }
    constexpr U* operator->() const noexcept { return at_; }
    ANABRANCH_ALWAYS_INLINE constexpr walk& operator++() noexcept {
      ++i_;
      if (i_ % block == 0 || i_ == all_->size_)
        find();
      else
        ++at_;
      return *this;
    }
    constexpr walk operator++(int) noexcept {
      auto before = *this;
      ++*this;
      return before;
    }
    friend constexpr bool operator==(walk a, walk b) noexcept { return a.i_ == b.i_; }

   private:
    constexpr void find() noexcept { at_ = i_ < all_->size_ ? &(*all_)[i_] : nullptr; }

    std::conditional_t<std::is_const_v<U>, blocks const, blocks>* all_ = nullptr;
    U* at_ = nullptr;
    std::uint32_t i_ = 0;
  };

  constexpr blocks() noexcept = default;
  constexpr blocks(blocks const& o) : blocks() { append_all(o); }  // which is destroyed where that throws
  constexpr blocks(blocks&& o) noexcept
      : first_(std::move(o.first_)), more_(std::move(o.more_)), size_(std::exchange(o.size_, 0)) {}
  constexpr blocks& operator=(blocks const& o) {
    if (this != &o) {
      clear();
      append_all(o);
    }
    return *this;
  }
  constexpr blocks& operator=(blocks&& o) noexcept {
    if (this != &o) {
      clear();
      first_ = std::move(o.first_);
      more_ = std::move(o.more_);
      size_ = std::exchange(o.size_, 0);
    }
    return *this;
  }
  constexpr ~blocks() { drop_more(); }

  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  constexpr std::size_t capacity() const noexcept {
    return more_.empty() ? first_.capacity() : (more_.size() + 1) * block;
  }
  ANABRANCH_ALWAYS_INLINE constexpr T& operator[](std::size_t i) noexcept {
    if (i < block) return first_[i];
    return more_[i / block - 1][i % block];
  }
  ANABRANCH_ALWAYS_INLINE constexpr T const& operator[](std::size_t i) const noexcept {
    if (i < block) return first_[i];
    return more_[i / block - 1][i % block];
  }
  constexpr T* push_back(T v) { return emplace_back(std::move(v)); }
  template <class... Args>
  ANABRANCH_ALWAYS_INLINE constexpr T* emplace_back(Args&&... args) {
    T* at = nullptr;
    if (size_ < block) {
      at = first_.emplace_back(std::forward<Args>(args)...);
    } else {
      if (size_ / block > more_.size()) add_block();
      at = construct(more_[size_ / block - 1] + size_ % block, std::forward<Args>(args)...);
    }
    ++size_;
    return at;
  }
  constexpr void pop_back() noexcept {
    --size_;
    if (size_ < block) {
      first_.truncate(size_);
    } else {
      more_[size_ / block - 1][size_ % block].~T();
      if (size_ % block == 0) drop_block();
    }
  }
  constexpr void reserve(std::size_t n) {
    if (size_ < block) first_.reserve(n < block ? n : block);
    more_.reserve(n / block);
  }
  constexpr void clear() noexcept {
    drop_more();
    first_.clear();
    size_ = 0;
  }

  constexpr walk<T> begin() noexcept { return {this, 0}; }
  constexpr walk<T> end() noexcept { return {this, size_}; }
  constexpr walk<T const> begin() const noexcept { return {this, 0}; }
  constexpr walk<T const> end() const noexcept { return {this, size_}; }

 private:
  constexpr void append_all(blocks const& o) {
    reserve(o.size_);
    for (auto const& v : o) push_back(v);
  }
  [[gnu::noinline]] constexpr void add_block() {
    if (size_ >= UINT32_MAX - block) no_memory();
    if (more_.size() == more_.capacity()) more_.reserve(more_.size() * 2 + 1);  // so that a block isn't lost
    typename traits::allocator_type a;
    more_.push_back(traits::allocate(a, block));
  }
  ANABRANCH_ALWAYS_INLINE constexpr void drop_more() noexcept {
    if (!more_.empty()) drop_all_more();
  }
  // Also a block that is empty, since the constructor of its first element threw.
  [[gnu::noinline]] constexpr void drop_all_more() noexcept {
    for (; !more_.empty(); drop_block()) {
      T* const last = more_.back();
      for (auto const begin = more_.size() * block; size_ > begin;) last[--size_ - begin].~T();
    }
  }
  constexpr void drop_block() noexcept {
    typename traits::allocator_type a;
    traits::deallocate(a, more_.back(), block);
    more_.truncate(more_.size() - 1);
  }

  sequence<T, Allocator> first_{};
  sequence<T*, Allocator> more_{};
  std::uint32_t size_ = 0;
};

}  // namespace ab::detail
