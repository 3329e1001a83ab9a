/// @file
/// `ab::testing::several`: some values of one type.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ab::testing {

namespace detail {

template <class T, std::size_t N>
struct row {
  row<T, N - 1> before{};
  T last{};
  constexpr T& at(std::size_t i) noexcept { return i == N - 1 ? last : before.at(i); }
  constexpr T const& at(std::size_t i) const noexcept { return i == N - 1 ? last : before.at(i); }
};
template <class T>
struct row<T, 1> {
  T last{};
  constexpr T& at(std::size_t) noexcept { return last; }
  constexpr T const& at(std::size_t) const noexcept { return last; }
};

}  // namespace detail

/// An array of few. (In a constant expression GCC 12 doesn't get `std::array` right for elements that own memory.) Takes part
/// in structured bindings.
template <class T, std::size_t N>
class several {
 public:
  constexpr T& operator[](std::size_t i) noexcept { return all_.at(i); }
  constexpr T const& operator[](std::size_t i) const noexcept { return all_.at(i); }
  static constexpr std::size_t size() noexcept { return N; }
  template <std::size_t I>
  constexpr T const& get() const noexcept {
    return all_.at(I);
  }

 private:
  detail::row<T, N> all_{};
};

}  // namespace ab::testing

template <class T, std::size_t N>
struct std::tuple_size<ab::testing::several<T, N>> : std::integral_constant<std::size_t, N> {};
template <std::size_t I, class T, std::size_t N>
struct std::tuple_element<I, ab::testing::several<T, N>> {
  using type = T const;
};
