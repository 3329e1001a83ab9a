/// @file
/// `ab::fingerprint_of`: a number that changes when a type's fields do.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/codec/detail/bind.hpp"
#include "anabranch/codec/detail/count.hpp"
#include "anabranch/core/definition.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

// Never defined: only where its parts would lie is asked.
template <class T>
struct somewhere {
  T value;
};
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif
template <class T>
extern somewhere<T> const anywhere;

template <auto* P>
consteval std::string_view pointer_text() {
  return __PRETTY_FUNCTION__;
}

constexpr bool in_identifier(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
// The identifier that the text of a pointer to a member ends in.
constexpr std::string_view last_identifier(std::string_view s) noexcept {
  auto end = s.rfind(')');
  if (end == s.npos || end + 1 == s.size() || s.find(';', end) == s.npos) end = s.rfind(']');
  auto begin = end;
  while (begin > 0 && in_identifier(s[begin - 1])) --begin;
  return s.substr(begin, end - begin);
}

template <class T, std::size_t Count, std::size_t I>
consteval auto field_address() {
  return canonical::bind<Count>(anywhere<T>.value, []<class...>(auto const&... fields) {
    return std::get<I>(std::tuple<decltype(&fields)...>(&fields...));
  });
}
#if defined(__clang__)
#pragma clang diagnostic pop
#endif

// Clang can pass a pointer to a part of an object as a template's argument since version 18.
template <class T, std::size_t Count>
concept fields_have_names = Count == 0 || requires { pointer_text<field_address<T, Count, 0>()>(); };

template <class T>
consteval std::uint64_t fingerprint() {
  auto h = canonical::shape_of<T>(0);
  constexpr auto counted = canonical::count_fields<T>();
  if constexpr (std::is_aggregate_v<T> && counted.how == canonical::counting::counted) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      [[maybe_unused]] auto const add = [&](std::string_view name) {
        h = canonical::mix(h, name.size());
        for (char const c : name) h = canonical::mix(h, static_cast<unsigned char>(c));
      };
      (add(last_identifier(pointer_text<field_address<T, counted.fields, I>()>())), ...);
    }(std::make_index_sequence<counted.fields>{});
  }
  return h;
}

template <class T>
consteval bool knows_names() {
  if constexpr (std::is_aggregate_v<T>)
    return fields_have_names<T, canonical::count_fields<T>().fields>;
  else
    return true;
}

// The compiler prints the arguments of the template that fails.
template <class T, std::uint64_t Declared, std::uint64_t New>
consteval bool fingerprint_must_hold() {
  static_assert(
      Declared == New,
      "the fields of this type are no longer those of its definition's fingerprint: where events of it are stored, "
      "count its version on and write an upcaster from the old one; the new fingerprint is the last number here");
  return Declared == New;
}
template <class T>
consteval bool definition_must_hold() {
  if constexpr (definition_of<T>.fingerprint != 0) {
    if constexpr (knows_names<T>()) return fingerprint_must_hold<T, definition_of<T>.fingerprint, fingerprint<T>()>();
  }
  return true;
}

}  // namespace detail

/// A number that depends on the names and types of a type's fields in their order, and on nothing else: the third number
/// of an `ab::definition`. Of fields within fields, the types only. The same with every compiler that knows the names of
/// fields: GCC 12, Clang 18 and later; elsewhere it doesn't compile, and definitions aren't checked.
template <class T>
inline constexpr std::uint64_t fingerprint_of = detail::fingerprint<T>();

}  // namespace ab
