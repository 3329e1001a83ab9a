/// @file
/// `ab::fixed_sequence`: an array of up to N elements, without heap.
#pragma once

#include "anabranch/core/inline.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace ab {

/// Up to `N` elements within itself. What doesn't fit is not put in, and `overflowed()` says so from then on: states
/// over fixed containers are joined into a copy first, by `ab::try_join`, which looks at it.
/// @tparam T default constructible
template <class T, std::size_t N>
class fixed_sequence {
  static_assert(N > 0 && N < UINT32_MAX, "ab::fixed_sequence: room for one element at least");

 public:
  using value_type = T;
  static constexpr bool bounded = true;
  template <class U>
  using rebind = fixed_sequence<U, N>;

  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  static constexpr std::size_t capacity() noexcept { return N; }
  /// Whether something didn't fit since this was made.
  constexpr bool overflowed() const noexcept { return overflowed_; }
  constexpr bool fits(std::size_t more) const noexcept { return more <= N - size_; }

  constexpr T* data() noexcept { return items_.data(); }
  constexpr T const* data() const noexcept { return items_.data(); }
  constexpr T& operator[](std::size_t i) noexcept { return items_[i]; }
  constexpr T const& operator[](std::size_t i) const noexcept { return items_[i]; }
  constexpr T& back() noexcept { return items_[size_ - 1]; }
  constexpr T const& back() const noexcept { return items_[size_ - 1]; }
  constexpr T* begin() noexcept { return data(); }
  constexpr T* end() noexcept { return data() + size_; }
  constexpr T const* begin() const noexcept { return data(); }
  constexpr T const* end() const noexcept { return data() + size_; }

  /// Marks it as overflowed where `n` is more than there can be.
  constexpr void reserve(std::size_t n) noexcept {
    if (n > N) overflowed_ = true;
  }
  constexpr void shrink_to_fit() const noexcept {}

  /// @return the new element, null where it doesn't fit
  constexpr T* push_back(T v) { return insert(size_, std::move(v)); }
  constexpr T* insert(std::size_t i, T v) {
    if (size_ == N) {
      overflowed_ = true;
      return nullptr;
    }
    for (std::size_t n = size_; n > i; --n) items_[n] = std::move(items_[n - 1]);
    items_[i] = std::move(v);
    ++size_;
    return &items_[i];
  }
  constexpr void erase(std::size_t i) {
    for (std::size_t n = i + 1; n < size_; ++n) items_[n - 1] = std::move(items_[n]);
    truncate(size_ - 1);
  }
  constexpr void truncate(std::size_t n) {
    for (; size_ > n; --size_) items_[size_ - 1] = T();
  }
  constexpr void clear() { truncate(0); }

  friend constexpr bool operator==(fixed_sequence const& a, fixed_sequence const& b) {
    if (a.size_ != b.size_) return false;
    for (std::size_t i = 0; i < a.size_; ++i)
      if (!(a.items_[i] == b.items_[i])) return false;
    return true;
  }

 private:
  std::array<T, N> items_{};
  std::uint32_t size_ = 0;
  bool overflowed_ = false;
};

}  // namespace ab
