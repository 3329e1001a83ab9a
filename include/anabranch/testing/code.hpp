/// @file
/// `ab::testing::write_code`: a value as the C++ expression that makes it.
#pragma once

#include "anabranch/codec/detail/type_name.hpp"
#include "anabranch/lattice.hpp"
#include "anabranch/testing/arbitrary.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::testing {

namespace detail {

struct any_out {
  any_out& append(std::string_view);
  any_out& append(std::int64_t);
};

template <class T>
concept writes_itself = requires(T const& v, any_out& out) { arbitrary<T>::write(v, out); };

// How a type is written: `can`, and `put(value, out)`.
template <class T>
struct written {
  static constexpr bool can = false;
};

template <class T>
struct calls {
  template <class Out>
  static constexpr void open(Out& out, std::string_view bracket) {
    out.append(ab::detail::canonical::type_name<T>).append(bracket);
  }
};

template <class... Ts>
inline constexpr bool all_written = (written<Ts>::can && ...);
template <class... Ts>
constexpr bool all_of(ab::detail::lattices::types<Ts...>) {
  return all_written<Ts...>;
}
constexpr bool all_of(ab::detail::canonical::has_bit_field) { return false; }

template <class Out, class... Ts>
constexpr void put_list(Out& out, Ts const&... values) {
  bool first = true;
  ((out.append(std::exchange(first, false) ? "" : ", "), written<Ts>::put(values, out)), ...);
}
template <class Out, class Range>
constexpr void put_range(Out& out, Range const& values) {
  bool first = true;
  for (auto const& v : values) {
    out.append(std::exchange(first, false) ? "" : ", ");
    written<std::remove_cvref_t<decltype(v)>>::put(v, out);
  }
}

template <class T>
  requires writes_itself<T>
struct written<T> {
  static constexpr bool can = true;
  template <class Out>
  static constexpr void put(T const& v, Out& out) {
    arbitrary<T>::write(v, out);
  }
};

template <class T>
  requires(std::is_integral_v<T> && !writes_itself<T>)
struct written<T> {
  static constexpr bool can = true;
  template <class Out>
  static constexpr void put(T v, Out& out) {
    if constexpr (std::is_same_v<T, bool>) {
      out.append(v ? "true" : "false");
    } else if (v > 9 && (v == std::numeric_limits<T>::max() || v == std::numeric_limits<T>::max() - 1)) {
      calls<T>::open(out.append("std::numeric_limits<"),
                     v == std::numeric_limits<T>::max() ? ">::max()" : ">::max() - 1");
    } else if (v < 0 && v == std::numeric_limits<T>::lowest()) {
      calls<T>::open(out.append("std::numeric_limits<"), ">::lowest()");
    } else {
      out.append(static_cast<std::int64_t>(v));
    }
  }
};
template <class T>
  requires(std::is_floating_point_v<T> && !writes_itself<T>)
struct written<T> {
  static constexpr bool can = true;
  template <class Out>
  static constexpr void put(T v, Out& out) {
    if (v < 0) out.append("-");
    v = v < 0 ? -v : v;
    if (v > T(1 << 30)) {
      calls<T>::open(out.append("std::numeric_limits<"), ">::infinity()");
    } else {
      out.append(static_cast<std::int64_t>(v)).append(v == static_cast<T>(static_cast<std::int64_t>(v)) ? ".0" : ".5");
    }
  }
};
template <class T>
  requires(std::is_enum_v<T> && !writes_itself<T>)
struct written<T> {
  static constexpr bool can = true;
  template <class Out>
  static constexpr void put(T v, Out& out) {
    calls<T>::open(out, "{");
    written<std::underlying_type_t<T>>::put(static_cast<std::underlying_type_t<T>>(v), out);
    out.append("}");
  }
};
template <class T>
  requires(text_like<T> && !writes_itself<T>)
struct written<T> {
  static constexpr bool can = true;
  template <class Out>
  static constexpr void put(T const& v, Out& out) {
    out.append("\"").append(std::string_view(v)).append("\"");
  }
};
template <class T>
struct written<std::optional<T>> {
  static constexpr bool can = written<T>::can;
  template <class Out>
  static constexpr void put(std::optional<T> const& v, Out& out) {
    if (v)
      written<T>::put(*v, out);
    else
      out.append("std::nullopt");
  }
};
template <class T>
struct written<std::vector<T>> {
  static constexpr bool can = written<T>::can;
  template <class Out>
  static constexpr void put(std::vector<T> const& v, Out& out) {
    put_range(out.append("{"), v);
    out.append("}");
  }
};
template <class T, std::size_t N>
struct written<std::array<T, N>> {
  static constexpr bool can = written<T>::can;
  template <class Out>
  static constexpr void put(std::array<T, N> const& v, Out& out) {
    put_range(out.append("{"), v);
    out.append("}");
  }
};
// A plain struct: `name{fields...}`.
template <class T>
  requires(!writes_itself<T> && !text_like<T> && ab::detail::lattices::has_fields<T>() &&
           !ab::detail::lattices::has_join<T>)
struct written<T> {
  static constexpr bool can = all_of(ab::detail::lattices::fields_of<T>{});
  template <class Out>
  static constexpr void put(T const& v, Out& out) {
    calls<T>::open(out, "{");
    ab::detail::lattices::with_fields(v, [&](auto const&... fields) { put_list(out, fields...); });
    out.append("}");
  }
};

// The lattices.
template <class T>
struct written_value : calls<T> {
  static constexpr bool can = written<std::remove_cvref_t<decltype(std::declval<T const&>().value())>>::can;
  template <class Out>
  static constexpr void put(T const& v, Out& out) {
    calls<T>::open(out, "(");
    if (!v.is_bottom()) put_list(out, v.value());
    out.append(")");
  }
};
template <class T>
struct written<lattice::max<T>> : written_value<lattice::max<T>> {};
template <class T>
struct written<lattice::min<T>> : written_value<lattice::min<T>> {};
template <>
struct written<lattice::any> : written_value<lattice::any> {};
template <>
struct written<lattice::all> : written_value<lattice::all> {};

template <class T>
struct written<lattice::option<T>> {
  static constexpr bool can = written<T>::can;
  template <class Out>
  static constexpr void put(lattice::option<T> const& v, Out& out) {
    calls<lattice::option<T>>::open(out, "(");
    if (v.has_value()) written<T>::put(*v, out);
    out.append(")");
  }
};
template <class A, class B>
struct written<lattice::lexicographic<A, B>> {
  static constexpr bool can = all_written<A, B>;
  template <class Out>
  static constexpr void put(lattice::lexicographic<A, B> const& v, Out& out) {
    calls<lattice::lexicographic<A, B>>::open(out, "(");
    put_list(out, v.first(), v.second());
    out.append(")");
  }
};
template <class... Ts>
struct written<lattice::product<Ts...>> {
  static constexpr bool can = all_written<Ts...>;
  template <class Out>
  static constexpr void put(lattice::product<Ts...> const& v, Out& out) {
    calls<lattice::product<Ts...>>::open(out, "(");
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      put_list(out, v.template get<I>()...);
    }(std::index_sequence_for<Ts...>{});
    out.append(")");
  }
};
template <class T>
struct written_elements {
  static constexpr bool can = written<typename T::value_type>::can;
  template <class Out>
  static constexpr void put(T const& v, Out& out) {
    calls<T>::open(out, "{");
    put_range(out, v);
    out.append("}");
  }
};
template <class T, class C>
struct written<lattice::set<T, C>> : written_elements<lattice::set<T, C>> {};
template <class T, class O>
struct written<lattice::antichain<T, O>> : written_elements<lattice::antichain<T, O>> {};
template <class K, class V, class C>
struct written<lattice::map<K, V, C>> {
  static constexpr bool can = all_written<K, V>;
  template <class Out>
  static constexpr void put(lattice::map<K, V, C> const& m, Out& out) {
    calls<lattice::map<K, V, C>>::open(out, "{");
    bool first = true;
    for (auto const& e : m) {
      out.append(std::exchange(first, false) ? "{" : ", {");
      put_list(out, e.key, e.value);
      out.append("}");
    }
    out.append("}");
  }
};

}  // namespace detail

/// Whether values of `T` can be written as C++.
template <class T>
inline constexpr bool has_code = detail::written<T>::can;

/// Adds the C++ that makes `v` to `out`, an `ab::text` or what else has its `append`. Names of types are spelled as the compiler
/// does.
template <class T, class Out>
  requires has_code<T>
constexpr void write_code(T const& v, Out& out) {
  detail::written<T>::put(v, out);
}

}  // namespace ab::testing
