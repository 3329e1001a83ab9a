// The name of a type, for messages, as the compiler spells it.
#pragma once

#include <cstddef>
#include <string_view>

namespace ab::detail::canonical {

template <class T>
constexpr char const* type_name_text() noexcept {
  return __PRETTY_FUNCTION__;
}

// From "... [with T = name]" or "... [T = name]".
constexpr std::string_view name_within(std::string_view text) noexcept {
  auto const start = text.find("T = ") + 4;
  return text.substr(start, text.size() - start - 1);
}

template <class T>
inline constexpr std::string_view type_name = name_within(type_name_text<T>());

}  // namespace ab::detail::canonical
