/// @file
/// `ab::one_of<Ts...>`: exactly one of several types.
#pragma once

#include "anabranch/core/detail/construct.hpp"
#include "anabranch/core/inline.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

template <class T, class... Ts>
consteval std::size_t index_of() {
  bool const same[] = {std::is_same_v<T, Ts>..., false};
  std::size_t i = 0;
  while (i < sizeof...(Ts) && !same[i]) ++i;
  return i;
}

template <class... Ts>
consteval bool all_different() {
  std::size_t i = 0;
  return ((index_of<Ts, Ts...>() == i++) && ...);
}

template <class T>
concept comparable = requires(T const& t) { static_cast<bool>(t == t); };

template <std::size_t I, class T, class... Ts>
struct type_at_impl : type_at_impl<I - 1, Ts...> {};
template <class T, class... Ts>
struct type_at_impl<0, T, Ts...> {
  using type = T;
};
template <std::size_t I, class... Ts>
using type_at = typename type_at_impl<I, Ts...>::type;

template <class... Ts>
union alternatives {
  char none;
};
template <class T, class... Ts>
union alternatives<T, Ts...> {
  constexpr alternatives() noexcept : none() {}
  template <class... Args>
  constexpr alternatives(std::in_place_index_t<0>, Args&&... args) : head(std::forward<Args>(args)...) {}
  template <std::size_t I, class... Args>
  constexpr alternatives(std::in_place_index_t<I>, Args&&... args)
      : tail(std::in_place_index<I - 1>, std::forward<Args>(args)...) {}
  constexpr alternatives(alternatives const&)
    requires(std::is_trivially_copy_constructible_v<T> && (std::is_trivially_copy_constructible_v<Ts> && ...))
  = default;
  constexpr alternatives& operator=(alternatives const&)
    requires(std::is_trivially_copy_assignable_v<T> && (std::is_trivially_copy_assignable_v<Ts> && ...))
  = default;
  constexpr ~alternatives()
    requires(std::is_trivially_destructible_v<T> && (std::is_trivially_destructible_v<Ts> && ...))
  = default;
  constexpr ~alternatives() {}

  char none;
  T head;
  alternatives<Ts...> tail;
};

template <std::size_t I, class U>
ANABRANCH_ALWAYS_INLINE constexpr auto& alternative(U& u) noexcept {
  if constexpr (I == 0)
    return u.head;
  else
    return alternative<I - 1>(u.tail);
}

// A switch, not a table of functions: compilers inline through it.
template <std::size_t Count, std::size_t Base = 0, class F>
ANABRANCH_ALWAYS_INLINE constexpr decltype(auto) with_index(std::size_t i, F&& f) {
  constexpr auto last = Count - Base - 1;
#define ANABRANCH_CASE(n)                                                         \
  case Base + (n):                                                                \
    if constexpr ((n) < last)                                                     \
      return f(std::integral_constant<std::size_t, Base + (n < last ? n : 0)>{}); \
    else                                                                          \
      break;
  if constexpr (last == 0) {
    return f(std::integral_constant<std::size_t, Base>{});
  } else {
    switch (i) {
      ANABRANCH_CASE(0)
      ANABRANCH_CASE(1)
      ANABRANCH_CASE(2)
      ANABRANCH_CASE(3)
      ANABRANCH_CASE(4)
      ANABRANCH_CASE(5)
      ANABRANCH_CASE(6)
      ANABRANCH_CASE(7)
      default: break;
    }
    if constexpr (last > 8) {
      return with_index<Count, Base + 8>(i, std::forward<F>(f));
    } else {
      return f(std::integral_constant<std::size_t, Count - 1>{});
    }
  }
#undef ANABRANCH_CASE
}

}  // namespace detail

/// Holds exactly one value of one of the types `Ts`. Never empty; trivial where all `Ts` are; usable in a constant expression.
///
/// The library's own tagged union, since `std::variant` is not `constexpr` enough in C++20.
/// @tparam Ts different object types that move without throwing
template <class... Ts>
class one_of {
  static_assert(sizeof...(Ts) > 0, "ab::one_of needs at least one type");
  static_assert(sizeof...(Ts) <= 65535, "ab::one_of takes at most 65535 types");
  static_assert(detail::all_different<Ts...>(), "ab::one_of: a type is listed twice; wrap one of them in a struct");
  static_assert((std::is_nothrow_move_constructible_v<Ts> && ...),
                "ab::one_of: every type needs a move constructor that is noexcept");

  static constexpr bool trivial_copy = (std::is_trivially_copyable_v<Ts> && ...);
  static constexpr bool trivial_destructor = (std::is_trivially_destructible_v<Ts> && ...);

 public:
  /// How many types it chooses from.
  static constexpr std::size_t size = sizeof...(Ts);
  /// Whether `T` is one of them.
  template <class T>
  static constexpr bool has = detail::index_of<T, Ts...>() < sizeof...(Ts);
  /// The place of `T` among them.
  template <class T>
  static constexpr std::size_t index_of = detail::index_of<T, Ts...>();
  /// The type at place `I`.
  template <std::size_t I>
  using type = detail::type_at<I, Ts...>;

  template <class T>
    requires(has<std::remove_cvref_t<T>>)
  constexpr one_of(T&& value) noexcept(std::is_nothrow_constructible_v<std::remove_cvref_t<T>, T>)
      : value_(std::in_place_index<index_of<std::remove_cvref_t<T>>>, std::forward<T>(value)),
        index_(static_cast<index_type>(index_of<std::remove_cvref_t<T>>)) {}

  template <class T, class... Args>
    requires(has<T>)
  constexpr explicit one_of(std::in_place_type_t<T>, Args&&... args)
      : value_(std::in_place_index<index_of<T>>, std::forward<Args>(args)...),
        index_(static_cast<index_type>(index_of<T>)) {}

  constexpr one_of(one_of const&)
    requires trivial_copy
  = default;
  constexpr one_of(one_of const& o) : index_(o.index_) {
    o.visit_index([&](auto i) { detail::construct(&value_, std::in_place_index<i>, o.template get<i>()); });
  }
  constexpr one_of(one_of&&) noexcept
    requires trivial_copy
  = default;
  constexpr one_of(one_of&& o) noexcept : index_(o.index_) {
    o.visit_index([&](auto i) { detail::construct(&value_, std::in_place_index<i>, std::move(o.template get<i>())); });
  }
  constexpr one_of& operator=(one_of const&)
    requires trivial_copy
  = default;
  constexpr one_of& operator=(one_of const& o) {
    if (this != &o) *this = one_of(o);
    return *this;
  }
  constexpr one_of& operator=(one_of&&) noexcept
    requires trivial_copy
  = default;
  constexpr one_of& operator=(one_of&& o) noexcept {
    if (this != &o) {
      destroy();
      index_ = o.index_;
      o.visit_index(
          [&](auto i) { detail::construct(&value_, std::in_place_index<i>, std::move(o.template get<i>())); });
    }
    return *this;
  }
  constexpr ~one_of()
    requires trivial_destructor
  = default;
  constexpr ~one_of() { destroy(); }

  /// The place of the type that is held.
  constexpr std::size_t index() const noexcept { return index_; }

  /// Whether a `T` is held.
  template <class T>
    requires(has<T>)
  constexpr bool holds() const noexcept {
    return index_ == index_of<T>;
  }

  /// The `T` that is held, or null.
  template <class T>
    requires(has<T>)
  constexpr T* get_if() noexcept {
    return holds<T>() ? &get<index_of<T>>() : nullptr;
  }
  template <class T>
    requires(has<T>)
  constexpr T const* get_if() const noexcept {
    return holds<T>() ? &get<index_of<T>>() : nullptr;
  }

  /// Calls `f` with the value that is held. All calls return the same type.
  template <class F>
  ANABRANCH_ALWAYS_INLINE constexpr decltype(auto) visit(F&& f) const {
    return visit_index([&](auto i) -> decltype(auto) { return f(get<i>()); });
  }
  template <class F>
  ANABRANCH_ALWAYS_INLINE constexpr decltype(auto) visit(F&& f) {
    return visit_index([&](auto i) -> decltype(auto) { return f(get<i>()); });
  }

  friend constexpr bool operator==(one_of const& a, one_of const& b)
    requires(detail::comparable<Ts> && ...)
  {
    return a.index_ == b.index_ && a.visit_index([&](auto i) { return static_cast<bool>(a.get<i>() == b.get<i>()); });
  }

 private:
  using index_type = std::conditional_t<sizeof...(Ts) <= 255, std::uint8_t, std::uint16_t>;

  template <std::size_t I>
  ANABRANCH_ALWAYS_INLINE constexpr auto& get() noexcept {
    return detail::alternative<I>(value_);
  }
  template <std::size_t I>
  ANABRANCH_ALWAYS_INLINE constexpr auto const& get() const noexcept {
    return detail::alternative<I>(value_);
  }
  template <class F>
  ANABRANCH_ALWAYS_INLINE constexpr decltype(auto) visit_index(F&& f) const {
    return detail::with_index<sizeof...(Ts)>(index_, std::forward<F>(f));
  }
  constexpr void destroy() noexcept {
    if constexpr (!trivial_destructor) visit_index([&](auto i) { std::destroy_at(&get<i>()); });
  }

  detail::alternatives<Ts...> value_;
  index_type index_;
};

}  // namespace ab
