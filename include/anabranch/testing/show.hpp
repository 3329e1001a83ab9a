/// @file
/// `ab::testing::show`: a value as text, for messages of tests.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/codec/traits.hpp"
#include "anabranch/core/definition.hpp"
#include "anabranch/core/families.hpp"
#include "anabranch/core/text.hpp"
#include "anabranch/testing/detail/aggregate.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab::testing {

namespace detail {

template <class T>
consteval std::string_view shown_name() {
  if constexpr (requires { T::definition.name; }) {
    return T::definition.name;
  } else {
    constexpr auto n = ab::detail::unqualified_name<T>();
    return n.find_first_of("<>(){}`'$") == std::string_view::npos ? n : std::string_view();
  }
}

template <std::size_t N>
constexpr void show_number(double v, text<N>& out) {
  if (std::is_constant_evaluated()) {
    out.append("?");  // nothing formats them there
  } else {
    char digits[32] = {};
    out.append({digits, static_cast<std::size_t>(std::snprintf(digits, sizeof digits, "%.17g", v))});
  }
}

template <class T>
concept has_value_or_none = requires(T const& v) {
  v.has_value();
  *v;
};
template <class T>
concept is_range = requires(T const& v) { v.begin() != v.end(); };
template <class T>
concept is_fields = requires { ab::field_access::of<T>(); };
template <class T>
concept is_tuple_like = requires { std::tuple_size<T>::value; };

}  // namespace detail

/// Adds a value to `out`: numbers, texts, containers, and classes by their fields, as in `withdrawn{200, "cash"}`.
///
/// Of a class, those fields are shown that are stored: all of an aggregate of up to 8, those of `fields()`, or what
/// `ab::codec_traits` makes of it; of others only the name. What doesn't fit is cut. Usable in a constant expression, where
/// floating-point numbers are `?`.
template <class T, std::size_t N>
constexpr void show(T const& v, text<N>& out) {
  auto const list = [&out](auto const&... parts) {
    bool first = true;
    ((out.append(std::exchange(first, false) ? "" : ", "), show(parts, out)), ...);
  };
  if constexpr (std::is_same_v<T, bool>) {
    out.append(v ? "true" : "false");
  } else if constexpr (std::is_unsigned_v<T> && sizeof(T) == sizeof(std::uint64_t)) {
    if (v > INT64_MAX) out.append(static_cast<std::int64_t>(v / 10));
    out.append(static_cast<std::int64_t>(v > INT64_MAX ? v % 10 : v));
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    out.append(static_cast<std::int64_t>(v));
  } else if constexpr (std::is_floating_point_v<T>) {
    detail::show_number(static_cast<double>(v), out);
  } else if constexpr (std::is_convertible_v<T const&, std::string_view>) {
    out.append("\"").append(std::string_view(v)).append("\"");
  } else if constexpr (detail::has_value_or_none<T>) {
    if (v.has_value())
      show(*v, out);
    else
      out.append("none");
  } else if constexpr (ab::detail::is_one_of<T>) {
    v.visit([&](auto const& part) { show(part, out); });
  } else if constexpr (detail::is_range<T>) {
    out.append("[");
    bool first = true;
    for (auto const& part : v) {
      out.append(std::exchange(first, false) ? "" : ", ");
      show(part, out);
    }
    out.append("]");
  } else if constexpr (detail::is_tuple_like<T>) {
    out.append("(");
    std::apply(list, v);
    out.append(")");
  } else {
    out.append(detail::shown_name<T>()).append("{");
    if constexpr (requires { codec_traits<T>::to(v); })
      show(codec_traits<T>::to(v), out);
    else if constexpr (detail::is_fields<T>)
      std::apply([&](auto... at) { list(v.*at...); }, field_access::of<T>().pointers);
    else if constexpr (!canonical_codec::encodable<T>)
      out.append("…");
    else if constexpr (detail::count_fields<T>() > 0)
      detail::with_fields(v, list);
    else if constexpr (!std::is_empty_v<T>)
      out.append("…");
    out.append("}");
  }
}

}  // namespace ab::testing
