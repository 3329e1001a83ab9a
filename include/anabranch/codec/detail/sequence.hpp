// A length and the elements: what vectors, deques, strings and sets have in common.
#pragma once

#include "anabranch/codec/detail/structure.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

namespace ab::detail::canonical {

inline constexpr std::size_t length_size = 4;

struct variable : format_defaults {
  static constexpr std::size_t least = length_size;
  static constexpr bool fixed = false;
};

ANABRANCH_ALWAYS_INLINE constexpr std::byte* put_length(std::size_t n, std::byte* out) noexcept {
  return store(static_cast<std::uint32_t>(n), out);
}

// A length, checked against what is left for elements of at least `Least` bytes. So nothing is ever allocated for a
// length alone. Elements without bytes have a limit of their own.
template <std::size_t Least>
ANABRANCH_ALWAYS_INLINE constexpr bool take_length(reader& r, std::size_t& n) {
  static_assert(Least < 0x80000000U);
  if (!r.has(length_size)) return false;
  n = load<std::uint32_t>(r.at);
  if constexpr (Least == 0) {
    if (n > max_weightless - r.weightless) return r.fail(trouble::length);
    r.weightless += n;
  } else {
    if (std::uint64_t{n} * Least > r.left() - length_size) return r.fail(trouble::length);
  }
  r.at += length_size;
  return true;
}

// Whether elements can be copied as they lie in memory.
template <class T>
inline constexpr bool copied_whole =
    format<T>::bitwise && std::is_trivially_copyable_v<T> && std::is_trivially_copy_assignable_v<T> && sizeof(T) != 0;

template <class T>
ANABRANCH_ALWAYS_INLINE constexpr std::byte* put_elements(T const* from, std::size_t n, std::byte* out) {
  if constexpr (copied_whole<T>) {
    if (!std::is_constant_evaluated()) {
      if (n != 0) std::memcpy(out, from, n * sizeof(T));
      return out + n * sizeof(T);
    }
  }
  for (std::size_t i = 0; i < n; ++i) out = canonical::put(from[i], out);
  return out;
}

// Calls `take(reader)` n times. Elements of fixed size, whose bytes have all been checked, are read with a reader of their
// own, which stays in registers: its address goes nowhere.
template <class T, class Take>
ANABRANCH_ALWAYS_INLINE constexpr bool take_times(reader& r, std::size_t n, Take const& take) {
  if constexpr (format<T>::fixed) {
    reader own(bytes_view(r.at, n * format<T>::least));
    std::size_t i = 0;
    while (i < n && take(own, i)) ++i;
    r.at = own.at;
    if (i < n) r.failed = own.failed;
    return i == n;
  } else {
    std::size_t i = 0;
    while (i < n && take(r, i)) ++i;
    return i == n;
  }
}

// Into objects that are there already. For a `fixed` T, all their bytes have been checked.
template <class T>
ANABRANCH_ALWAYS_INLINE constexpr bool take_elements(reader& r, T* to, std::size_t n) {
  if constexpr (copied_whole<T>) {
    if (!std::is_constant_evaluated()) {
      if (n != 0) std::memcpy(to, r.at, n * sizeof(T));
      r.at += n * sizeof(T);
      return true;
    }
  }
  return take_times<T>(r, n,
                       [to](reader& each, std::size_t i) { return canonical::take<T>(each, existing<T>{to[i]}); });
}

template <class Container>
constexpr std::size_t size_of_elements(Container const& c, meter& m) {
  using element = typename Container::value_type;
  m.count(c.size());
  if constexpr (format<element>::least == 0) m.count_weightless(c.size());
  if constexpr (format<element>::fixed) {
    return length_size + c.size() * format<element>::least;
  } else {
    std::size_t n = length_size;
    for (element const& e : c) n += size_of(e, m);
    return n;
  }
}

template <class Container>
concept contiguous = requires(Container const& c) {
  { *c.data() } -> std::same_as<typename Container::value_type const&>;  // not so with vector<bool>
};

// A container that grows at its end by emplace_back.
template <class Container>
struct sequence : variable {
  using element = typename Container::value_type;
  using parts = list<element>;
  static constexpr tag kind = tag::sequence;

  static constexpr std::size_t size(Container const& c, meter& m) { return size_of_elements(c, m); }

  static constexpr std::byte* put(Container const& c, std::byte* out) {
    out = put_length(c.size(), out);
    if constexpr (contiguous<Container>) {
      return put_elements(c.data(), c.size(), out);
    } else {
      for (element const& e : c) out = canonical::put<element>(e, out);
      return out;
    }
  }

  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    std::size_t n = 0;
    if (!take_length<format<element>::least>(r, n)) return false;
    Container& c = place();
    if constexpr (copied_whole<element> && contiguous<Container> && std::is_default_constructible_v<element>) {
      if (!std::is_constant_evaluated()) {  // Clang can't resize libstdc++ 12's vector there
        c.resize(n);
        return take_elements(r, c.data(), n);
      }
    }
    if constexpr (requires { c.reserve(n); }) c.reserve(n);
    return take_times<element>(r, n, [&c](reader& each, std::size_t) {
      if constexpr (std::is_trivially_copyable_v<element> && std::is_default_constructible_v<element> &&
                    std::is_move_assignable_v<element> && contiguous<Container>) {
        // Nothing that was read is passed to emplace_back, whose unlikely part would keep it out of registers.
        return canonical::take<element>(each, existing<element>{c.emplace_back()});
      } else {
        return canonical::take<element>(each, [&c](auto&&... args) -> decltype(auto) {
          return c.emplace_back(std::forward<decltype(args)>(args)...);
        });
      }
    });
  }
};

}  // namespace ab::detail::canonical
