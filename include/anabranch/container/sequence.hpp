/// @file
/// `ab::sequence`: a vector that keeps its first element in itself.
#pragma once

#include "anabranch/container/detail/no_memory.hpp"
#include "anabranch/container/entry.hpp"
#include "anabranch/core/detail/construct.hpp"
#include "anabranch/core/inline.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab {

/// A growing array, which allocates from its second element on (from the first where an element takes more than 64
/// bytes) and grows by half. For up to 2^32 - 2 elements; throws what the allocator throws.
/// @tparam Allocator without state of its own: it is made anew for each allocation
template <class T, class Allocator = std::allocator<T>>
class sequence {
  using traits = typename std::allocator_traits<Allocator>::template rebind_traits<T>;
  using allocator = typename traits::allocator_type;
  static_assert(std::is_empty_v<allocator> && std::is_default_constructible_v<allocator>,
                "ab::sequence makes its allocator where it needs it, so an allocator has no state");
  static constexpr bool in_itself = sizeof(T) <= 64;

 public:
  using value_type = T;
  using allocator_type = Allocator;
  static constexpr bool bounded = false;
  static constexpr bool relocatable = detail::relocatable<T>;
  template <class U>
  using rebind = sequence<U, Allocator>;

  constexpr sequence() noexcept : none_() {}
  constexpr sequence(std::initializer_list<T> all) : none_() {
    reserve(all.size());
    for (auto const& v : all) push_back(v);
  }
  constexpr sequence(sequence const& o) : sequence() { append_all(o); }  // which is destroyed where that throws
  constexpr sequence(sequence&& o) noexcept : none_() { steal(o); }
  constexpr sequence& operator=(sequence const& o) {
    if (this != &o) {
      clear();
      append_all(o);
    }
    return *this;
  }
  constexpr sequence& operator=(sequence&& o) noexcept {
    if (this != &o) {
      release();
      steal(o);
    }
    return *this;
  }
  ANABRANCH_ALWAYS_INLINE constexpr ~sequence() {
    if (heap() || size_ != 0) release();
  }

  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  constexpr std::size_t capacity() const noexcept { return heap() ? capacity_ : in_itself; }
  /// Never: it grows. For what is written over both kinds of sequence.
  static constexpr bool overflowed() noexcept { return false; }
  static constexpr bool fits(std::size_t) noexcept { return true; }

  ANABRANCH_ALWAYS_INLINE constexpr T* data() noexcept { return heap() ? many_ : first(); }
  ANABRANCH_ALWAYS_INLINE constexpr T const* data() const noexcept { return heap() ? many_ : first(); }
  constexpr T& operator[](std::size_t i) noexcept { return data()[i]; }
  constexpr T const& operator[](std::size_t i) const noexcept { return data()[i]; }
  constexpr T& back() noexcept { return data()[size_ - 1]; }
  constexpr T const& back() const noexcept { return data()[size_ - 1]; }
  constexpr T* begin() noexcept { return data(); }
  constexpr T* end() noexcept { return size_ == 0 ? data() : data() + size_; }
  constexpr T const* begin() const noexcept { return data(); }
  constexpr T const* end() const noexcept { return size_ == 0 ? data() : data() + size_; }

  constexpr void reserve(std::size_t n) {
    if (n > capacity()) move_to(n);
  }
  /// Gives back what the elements don't need.
  constexpr void shrink_to_fit() {
    if (!heap() || capacity_ == size_) return;
    sequence fresh;
    fresh.reserve(size_);
    for (auto& v : *this) fresh.push_back(std::move(v));
    *this = std::move(fresh);
  }

  /// @return the new element
  ANABRANCH_ALWAYS_INLINE constexpr T* push_back(T v) { return emplace_back(std::move(v)); }
  /// Makes it where it stays, of none of the elements: they may move before.
  template <class... Args>
  ANABRANCH_ALWAYS_INLINE constexpr T* emplace_back(Args&&... args) {
    if (size_ == capacity()) grow();
    T* const at = heap() ? many_ + size_ : slot();
    detail::construct(at, std::forward<Args>(args)...);
    ++size_;
    return at;
  }

  /// Adds up to `most` elements, two or more: `f(T*)` makes them in a row from there on, and gives where it ended.
  template <class F>
  constexpr void append(std::size_t most, F f) {
    reserve(size_ + most);
    T* const at = many_ + size_;
    size_ += static_cast<std::uint32_t>(f(at) - at);
  }

  /// Before the element at `i`, where there is one. O(size - i).
  constexpr T* insert(std::size_t i, T v) {
    if (i == size_) return push_back(std::move(v));
    if (size_ == capacity()) grow();
    T* const all = many_;  // there was one already, so by now there is a heap
    detail::construct(all + size_, std::move(all[size_ - 1]));
    for (std::size_t n = size_ - 1; n > i; --n) all[n] = std::move(all[n - 1]);
    all[i] = std::move(v);
    ++size_;
    return all + i;
  }

  constexpr void erase(std::size_t i) noexcept {
    T* const all = data();
    for (std::size_t n = i + 1; n < size_; ++n) all[n - 1] = std::move(all[n]);
    truncate(size_ - 1);
  }
  /// Drops all elements from `n` on.
  constexpr void truncate(std::size_t n) noexcept {
    T* const all = data();
    for (; size_ > n; --size_) all[size_ - 1].~T();
  }
  /// Keeps the capacity.
  constexpr void clear() noexcept { truncate(0); }

  friend constexpr bool operator==(sequence const& a, sequence const& b) {
    if (a.size_ != b.size_) return false;
    T const* const x = a.data();
    T const* const y = b.data();
    for (std::size_t i = 0; i < a.size_; ++i)
      if (!(x[i] == y[i])) return false;
    return true;
  }

 private:
  ANABRANCH_ALWAYS_INLINE constexpr bool heap() const noexcept { return capacity_ != 0; }
  // Only where they are there: the address of an element that doesn't live is no constant expression.
  constexpr T* first() noexcept {
    if constexpr (in_itself) {
      if (size_ != 0) return &one_;
    }
    return nullptr;
  }
  constexpr T const* first() const noexcept {
    if constexpr (in_itself) {
      if (size_ != 0) return &one_;
    }
    return nullptr;
  }
  constexpr T* slot() noexcept {
    if constexpr (in_itself) return &one_;
    return nullptr;
  }

  [[gnu::noinline]] constexpr void grow() {
    auto const n = capacity();
    move_to(n < 4 ? 4 : n + n / 2);
  }
  constexpr void move_to(std::size_t n) {
    if (n >= UINT32_MAX) detail::no_memory();
    allocator a;
    T* const fresh = traits::allocate(a, n);
    T* const old = data();
    if (relocatable && !std::is_constant_evaluated()) {
      if (size_ != 0) __builtin_memcpy(static_cast<void*>(fresh), static_cast<void const*>(old), size_ * sizeof(T));
    } else if constexpr (std::is_nothrow_move_constructible_v<T>) {
      for (std::size_t i = 0; i < size_; ++i) {
        detail::construct(fresh + i, std::move(old[i]));
        old[i].~T();
      }
    } else {  // the old ones stay until all are there
      unfinished made{fresh, n};
      for (; made.size < size_; ++made.size) detail::construct(fresh + made.size, std::move(old[made.size]));
      made.all = nullptr;
      for (std::size_t i = 0; i < size_; ++i) old[i].~T();
    }
    if (heap()) traits::deallocate(a, many_, capacity_);
    detail::construct(&many_, fresh);
    capacity_ = static_cast<std::uint32_t>(n);
  }
  // To one that has nothing, though perhaps room.
  constexpr void append_all(sequence const& o) {
    reserve(o.size_);
    if constexpr (std::is_trivially_copyable_v<T>) {
      if (!std::is_constant_evaluated() && heap() && o.heap()) {
        __builtin_memcpy(static_cast<void*>(many_), static_cast<void const*>(o.many_), o.size_ * sizeof(T));
        size_ = o.size_;
        return;
      }
    }
    for (auto const& v : o) push_back(v);
  }
  // Into one that has nothing.
  constexpr void steal(sequence& o) noexcept {
    if (o.heap()) {
      detail::construct(&many_, o.many_);
      capacity_ = std::exchange(o.capacity_, 0);
      size_ = std::exchange(o.size_, 0);
      detail::construct(&o.none_);
      return;
    }
    if constexpr (in_itself) {
      if (o.size_ == 0) return;
      detail::construct(slot(), std::move(*o.first()));
      size_ = 1;
      o.truncate(0);
    }
  }
  constexpr void release() noexcept {
    truncate(0);
    if (heap()) {
      allocator a;
      traits::deallocate(a, many_, capacity_);
      capacity_ = 0;
      detail::construct(&none_);
    }
  }

  // A new array, which goes again where what it takes can't be moved without throwing, and throws.
  struct unfinished {
    T* all;
    std::size_t room;
    std::size_t size = 0;
    constexpr ~unfinished() {
      if (all == nullptr) return;
      for (std::size_t i = 0; i < size; ++i) all[i].~T();
      allocator a;
      traits::deallocate(a, all, room);
    }
  };

  struct nothing {};
  union {
    nothing none_;
    T* many_;
    std::conditional_t<in_itself, T, nothing> one_;
  };
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;  // of the heap; 0: there is none
};

}  // namespace ab
