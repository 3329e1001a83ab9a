// Shared ownership that says when one is alone. Not <memory>, which is longer than all of this library's core.
#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ab::detail {

// What has owners.
class counted {
 public:
  counted() = default;
  counted(counted const&) = delete;
  counted& operator=(counted const&) = delete;
  virtual ~counted() = default;

 private:
  template <class T>
  friend class owner;
  std::atomic<std::uint32_t> owners_{0};
};

template <class T>
class owner {
 public:
  owner() = default;
  explicit owner(T* p) noexcept : p_(p) {
    if (p_ != nullptr) count().fetch_add(1, std::memory_order_relaxed);
  }
  owner(owner const& o) noexcept : owner(o.p_) {}
  owner(owner&& o) noexcept : p_(std::exchange(o.p_, nullptr)) {}
  template <class U>
    requires(!std::is_same_v<U, T> && std::is_convertible_v<U*, T*>)
  owner(owner<U> const& o) noexcept : owner(static_cast<T*>(o.get())) {}
  owner& operator=(owner o) noexcept {
    std::swap(p_, o.p_);
    return *this;
  }
  ~owner() {
    if (p_ != nullptr && count().fetch_sub(1, std::memory_order_acq_rel) == 1) delete p_;
  }

  T* get() const noexcept { return p_; }
  T* operator->() const noexcept { return p_; }
  T& operator*() const noexcept { return *p_; }
  explicit operator bool() const noexcept { return p_ != nullptr; }
  // Nobody else owns it, and whatever others did with it is done.
  bool is_alone() const noexcept { return count().load(std::memory_order_acquire) == 1; }

 private:
  auto& count() const noexcept { return static_cast<counted&>(*p_).owners_; }

  T* p_ = nullptr;
};

template <class T>
struct counted_value final : counted {
  T value;
  explicit counted_value(T v) : value(std::move(v)) {}
};

}  // namespace ab::detail
