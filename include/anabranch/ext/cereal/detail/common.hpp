// What the two cereal codecs have in common.
#pragma once

#include "anabranch/core/result.hpp"

#include <cereal/cereal.hpp>
#include <cereal/types/common.hpp>
#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace ab::detail {

// Whether cereal has functions for both directions. It can't be asked what those need in turn.
template <class T, class Output, class Input>
consteval bool cereal_encodable() {
  if constexpr (std::is_object_v<T> && std::is_same_v<T, std::remove_cv_t<T>> && !std::is_pointer_v<T> &&
                !std::is_array_v<T> && requires { sizeof(T); }) {
    if constexpr (std::default_initializable<T> && std::move_constructible<T>)
      return cereal::traits::is_output_serializable<T, Output>::value &&
             cereal::traits::is_input_serializable<T, Input>::value;
    else
      return false;
  } else {
    return false;
  }
}

template <class T>
constexpr std::string_view cereal_type_name() noexcept {
  std::string_view const text = __PRETTY_FUNCTION__;  // "... [with T = name; ...]", or "... [T = name]"
  auto const start = text.find("T = ") + 4;
  auto const end = text.find("; std::string_view");
  return text.substr(start, (end == text.npos ? text.size() - 1 : end) - start);
}

// Of the name and version that the type gives itself, or else of its name as the compiler spells it. cereal's functions
// can't be asked what they write.
template <class T>
consteval std::uint64_t cereal_shape(std::uint64_t h) {
  auto const add = [&h](std::uint64_t byte) { h = (h ^ byte) * 0x100000001B3U; };
  std::string_view name = cereal_type_name<T>();
  if constexpr (requires { T::definition.name; }) {
    name = T::definition.name;
    add(T::definition.version);
  }
  for (char c : name) add(static_cast<unsigned char>(c));
  return h;
}

// Calls `read`, and makes its exceptions an error. std::logic_error is what cereal lets through of the standard
// library: a vector asked for more than it can hold, a number that is none.
template <class T, class Read>
result<T> cereal_guarded(Read&& read) {
  auto const error_of = [](char const* text) {
    ab::text<120> where = cereal_type_name<T>();
    return error(errc::malformed, "cereal could not read the bytes",
                 "read them as the type and with the codec that they were written with; if they are, they were damaged",
                 where.append(": ").append(text));
  };
  try {
    return read();
  } catch (cereal::Exception const& e) {
    return error_of(e.what());
  } catch (std::logic_error const& e) {
    return error_of(e.what());
  }
}

}  // namespace ab::detail
