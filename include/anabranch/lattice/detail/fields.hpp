// The fields of a plain aggregate, taken apart as the codec does.
#pragma once

#include "anabranch/codec/detail/bind.hpp"
#include "anabranch/codec/detail/count.hpp"

#include <cstddef>
#include <type_traits>

namespace ab::detail::lattices {

template <class... Ts>
struct types {
  static constexpr std::size_t size = sizeof...(Ts);
};

struct declared {
  template <class... Ts>
  constexpr types<Ts...> operator()(auto&...) const {
    return {};
  }
};

template <class T>
inline constexpr auto counted = canonical::count_fields<T>();

// Whether T's fields can be told apart, and there are any.
template <class T>
consteval bool has_fields() {
  if constexpr (std::is_class_v<T> && std::is_aggregate_v<T>)
    return counted<T>.how == canonical::counting::counted && counted<T>.fields > 0;
  else
    return false;
}

// The declared types of the fields: `types<Ts...>`, or `has_bit_field`.
template <class T>
using fields_of = decltype(canonical::bind<counted<T>.fields>(std::declval<T&>(), declared{}));

// Calls `f(fields...)`.
template <class T, class F>
ANABRANCH_ALWAYS_INLINE constexpr auto with_fields(T& whole, F const& f) {
  return canonical::bind<counted<std::remove_const_t<T>>.fields>(
      whole, [&]<class...>(auto&... fields) { return f(fields...); });
}

}  // namespace ab::detail::lattices
