// The fields of small aggregates, to show them. The codec can do more of them, but that is its own affair.
#pragma once

#include <cstddef>
#include <utility>

namespace ab::testing::detail {

struct anything {
  template <class T>
  operator T() const;
};
template <std::size_t>
using anything_at = anything;

// The number of fields of an aggregate that the codec takes, which has no bases and no C arrays; 0 where there are too many.
template <class T, std::size_t... I>
consteval bool takes(std::index_sequence<I...>) {
  return requires { T{anything_at<I>{}...}; };
}
inline constexpr std::size_t most_fields = 8;
template <class T, std::size_t N = most_fields + 1>
consteval std::size_t count_fields() {
  if constexpr (takes<T>(std::make_index_sequence<N>{}))
    return N > most_fields ? 0 : N;
  else if constexpr (N > 1)
    return count_fields<T, N - 1>();
  else
    return 0;
}

template <class T, class F>
constexpr void with_fields(T const& v, F const& f) {
  constexpr auto n = count_fields<T>();
  if constexpr (n == 1) {
    auto& [a] = v;
    f(a);
  } else if constexpr (n == 2) {
    auto& [a, b] = v;
    f(a, b);
  } else if constexpr (n == 3) {
    auto& [a, b, c] = v;
    f(a, b, c);
  } else if constexpr (n == 4) {
    auto& [a, b, c, d] = v;
    f(a, b, c, d);
  } else if constexpr (n == 5) {
    auto& [a, b, c, d, e] = v;
    f(a, b, c, d, e);
  } else if constexpr (n == 6) {
    auto& [a, b, c, d, e, g] = v;
    f(a, b, c, d, e, g);
  } else if constexpr (n == 7) {
    auto& [a, b, c, d, e, g, h] = v;
    f(a, b, c, d, e, g, h);
  } else if constexpr (n == 8) {
    auto& [a, b, c, d, e, g, h, i] = v;
    f(a, b, c, d, e, g, h, i);
  }
}

}  // namespace ab::testing::detail
