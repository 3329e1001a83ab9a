// The name of a type, for messages, as the compiler spells it.
#pragma once

#include <cstddef>
#include <string_view>

namespace ab::detail::canonical {

template <class T>
constexpr char const* type_name_text() noexcept {
  return __PRETTY_FUNCTION__;
}

template <class T>
constexpr std::string_view type_name() noexcept {
  std::string_view const text = type_name_text<T>();  // "… [with T = name]", or "… [T = name]"
  auto const start = text.find("T = ") + 4;
  return text.substr(start, text.size() - start - 1);
}

}  // namespace ab::detail::canonical
