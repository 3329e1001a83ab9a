/// @file
/// `ab::result<T>`: a value or an `ab::error`.
#pragma once

#include "anabranch/core/detail/construct.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/inline.hpp"

#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace ab {

template <class T>
class result;

namespace detail {

[[noreturn]] inline void value_of_an_error(error const& e) noexcept {
  std::fprintf(stderr, "anabranch: the value of a result that holds an error was used: %s\n", e.message().c_str());
  std::abort();
}
[[noreturn]] inline void error_of_a_value() noexcept {
  std::fputs("anabranch: error() of a result that holds a value\n", stderr);
  std::abort();
}

// What lends parts of itself, and says so: a range of events, a store.
template <class T>
concept lends = requires { typename T::lends; };
template <class T>
consteval void lender_must_have_a_name() {
  static_assert(!lends<T>,
                "this result would be gone before what it lends is used: give it a name first, "
                "as in `auto events = a.read();`, then `events->front()`");
}

template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<result<T>> = true;

}  // namespace detail

/// A `T`, or the `error` that says why there is none. The compiler warns where one is dropped unread.
///
/// Reading the value of an error prints its message and aborts; in a constant expression it doesn't compile.
/// The library's own type, since `std::expected` is missing from C++20 and `tl::expected` is not literal for owning types.
/// @tparam T an object type, or `void`
template <class T>
class [[nodiscard]] result {
  static_assert(std::is_object_v<T> && !std::is_same_v<T, ab::error>, "ab::result<T> takes an object type or void");

 public:
  using value_type = T;

  template <class U = T>
    requires(std::is_constructible_v<T, U> && !std::is_same_v<std::remove_cvref_t<U>, result> &&
             !std::is_same_v<std::remove_cvref_t<U>, ab::error> &&
             !std::is_same_v<std::remove_cvref_t<U>, detail::refusal> &&
             (!detail::is_result<std::remove_cvref_t<U>> || detail::is_result<T>))
  constexpr result(U&& v) noexcept(std::is_nothrow_constructible_v<T, U>) : value_(std::forward<U>(v)), has_(true) {}
  constexpr result(ab::error const& e) noexcept : error_(e), has_(false) {}
  constexpr result(detail::refusal const& r) noexcept : error_(r.said()), has_(false) {}

  constexpr result(result const& o) : has_(o.has_) {
    if (has_)
      detail::construct(&value_, o.value_);
    else
      detail::construct(&error_, o.error_);
  }
  constexpr result(result&& o) noexcept(std::is_nothrow_move_constructible_v<T>) : has_(o.has_) {
    if (has_)
      detail::construct(&value_, std::move(o.value_));
    else
      detail::construct(&error_, o.error_);
  }
  // Two, so that no copy counts as one that can't throw.
  constexpr result& operator=(result const& o) { return *this = result(o); }
  constexpr result& operator=(result&& o) noexcept(std::is_nothrow_move_constructible_v<T>) {
    if (this == &o) return *this;
    destroy();
    has_ = o.has_;
    if (has_)
      detail::construct(&value_, std::move(o.value_));
    else
      detail::construct(&error_, o.error_);
    return *this;
  }
  constexpr ~result()
    requires std::is_trivially_destructible_v<T>
  = default;
  constexpr ~result() { destroy(); }

  constexpr explicit operator bool() const noexcept { return has_; }
  constexpr bool has_value() const noexcept { return has_; }

  constexpr T& operator*() & noexcept { return need(), value_; }
  constexpr T const& operator*() const& noexcept { return need(), value_; }
  /// By value, so that `for (auto e : *a.read())` doesn't iterate over what is gone.
  constexpr T operator*() && noexcept(std::is_nothrow_move_constructible_v<T>) { return need(), std::move(value_); }
  constexpr T* operator->() & noexcept { return need(), &value_; }
  constexpr T const* operator->() const& noexcept { return need(), &value_; }
  /// For values that are used up at once, as in `a.fold<balance>()->cents`.
  constexpr T* operator->() && noexcept {
    detail::lender_must_have_a_name<T>();
    return need(), &value_;
  }

  /// The error. Aborts where there is none.
  constexpr ab::error const& error() const noexcept {
    if (has_) detail::error_of_a_value();
    return error_;
  }

  /// The value, or `other` where there is none.
  template <class U>
  constexpr T value_or(U&& other) const& {
    if (has_) return value_;
    return static_cast<T>(std::forward<U>(other));
  }
  template <class U>
  constexpr T value_or(U&& other) && {
    if (has_) return std::move(value_);
    return static_cast<T>(std::forward<U>(other));
  }

  /// `f(value)`, which returns a result; an error passes through.
  template <class F>
  constexpr auto and_then(F&& f) && -> std::remove_cvref_t<std::invoke_result_t<F, T&&>> {
    if (!has_) return error_;
    return std::forward<F>(f)(std::move(value_));
  }
  template <class F>
  constexpr auto and_then(F&& f) const& -> std::remove_cvref_t<std::invoke_result_t<F, T const&>> {
    if (!has_) return error_;
    return std::forward<F>(f)(value_);
  }

  /// A result of `f(value)`; an error passes through.
  template <class F>
  constexpr auto transform(F&& f) && -> result<std::remove_cvref_t<std::invoke_result_t<F, T&&>>> {
    return transformed<std::remove_cvref_t<std::invoke_result_t<F, T&&>>>(std::forward<F>(f), std::move(*this));
  }
  template <class F>
  constexpr auto transform(F&& f) const& -> result<std::remove_cvref_t<std::invoke_result_t<F, T const&>>> {
    return transformed<std::remove_cvref_t<std::invoke_result_t<F, T const&>>>(std::forward<F>(f), *this);
  }

  /// `f(error)`, which returns a result of the same type; a value passes through.
  template <class F>
  constexpr result or_else(F&& f) const& {
    if (has_) return *this;
    return std::forward<F>(f)(error_);
  }
  template <class F>
  constexpr result or_else(F&& f) && {
    if (has_) return std::move(*this);
    return std::forward<F>(f)(error_);
  }

 private:
  template <class R, class F, class Self>
  static constexpr result<R> transformed(F&& f, Self&& self) {
    if (!self.has_) return self.error_;
    if constexpr (std::is_void_v<R>) {
      std::forward<F>(f)(std::forward<Self>(self).value_);
      return {};
    } else {
      return std::forward<F>(f)(std::forward<Self>(self).value_);
    }
  }
  ANABRANCH_ALWAYS_INLINE constexpr void need() const noexcept {
    if (!has_) detail::value_of_an_error(error_);
  }
  constexpr void destroy() noexcept {
    if (has_) value_.~T();
  }

  union {
    T value_;
    ab::error error_;
  };
  bool has_;
};

/// Success, or the `error` that says why not.
template <>
class [[nodiscard]] result<void> {
 public:
  using value_type = void;

  // Nothing in the union is initialised: GCC would clear all of it.
  constexpr result() noexcept : has_(true) {}
  constexpr result(ab::error const& e) noexcept : error_(e), has_(false) {}
  constexpr result(detail::refusal const& r) noexcept : error_(r.said()), has_(false) {}

  constexpr explicit operator bool() const noexcept { return has_; }
  constexpr bool has_value() const noexcept { return has_; }
  constexpr void operator*() const noexcept {
    if (!has_) detail::value_of_an_error(error_);
  }
  constexpr ab::error const& error() const noexcept {
    if (has_) detail::error_of_a_value();
    return error_;
  }

  template <class F>
  constexpr auto and_then(F&& f) const -> std::remove_cvref_t<std::invoke_result_t<F>> {
    if (!has_) return error_;
    return std::forward<F>(f)();
  }
  template <class F>
  constexpr auto transform(F&& f) const -> result<std::remove_cvref_t<std::invoke_result_t<F>>> {
    if (!has_) return error_;
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
      std::forward<F>(f)();
      return {};
    } else {
      return std::forward<F>(f)();
    }
  }
  template <class F>
  constexpr result or_else(F&& f) const {
    if (has_) return *this;
    return std::forward<F>(f)(error_);
  }

 private:
  union {
    ab::error error_;
  };
  bool has_;
};

}  // namespace ab
