/// @file
/// `ab::testing::several`: some values of one type.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace ab::testing {

/// An array that is copied and moved element by element. (In a constant expression GCC 12 moves a `std::array` of what owns
/// memory wrongly.) Takes part in structured bindings.
template <class T, std::size_t N>
class several {
 public:
  constexpr several() = default;
  constexpr several(several const& o) {
    for (std::size_t i = 0; i < N; ++i) all_[i] = o.all_[i];
  }
  constexpr several(several&& o) noexcept {
    for (std::size_t i = 0; i < N; ++i) all_[i] = std::move(o.all_[i]);
  }
  constexpr several& operator=(several const& o) {
    for (std::size_t i = 0; i < N; ++i) all_[i] = o.all_[i];
    return *this;
  }
  constexpr several& operator=(several&& o) noexcept {
    for (std::size_t i = 0; i < N; ++i) all_[i] = std::move(o.all_[i]);
    return *this;
  }
  constexpr ~several() = default;

  constexpr T& operator[](std::size_t i) noexcept { return all_[i]; }
  constexpr T const& operator[](std::size_t i) const noexcept { return all_[i]; }
  constexpr auto begin() noexcept { return all_.begin(); }
  constexpr auto end() noexcept { return all_.end(); }
  constexpr auto begin() const noexcept { return all_.begin(); }
  constexpr auto end() const noexcept { return all_.end(); }
  template <std::size_t I>
  constexpr T const& get() const noexcept {
    return all_[I];
  }

 private:
  std::array<T, N> all_{};
};

}  // namespace ab::testing

template <class T, std::size_t N>
struct std::tuple_size<ab::testing::several<T, N>> : std::integral_constant<std::size_t, N> {};
template <std::size_t I, class T, std::size_t N>
struct std::tuple_element<I, ab::testing::several<T, N>> {
  using type = T const;
};
