// A list of types, and what the room asks of one.
#pragma once

#include <cstddef>
#include <type_traits>

namespace ab::detail::canonical {

template <class... Ts>
struct list {
  static constexpr std::size_t size = sizeof...(Ts);
};

template <class T, class... Ts>
inline constexpr bool among = (std::is_same_v<T, Ts> || ...);

template <class T>
inline constexpr bool is_list = false;
template <class... Ts>
inline constexpr bool is_list<list<Ts...>> = true;

}  // namespace ab::detail::canonical
