// Where encoding and decoding stand, and what has gone wrong.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/inline.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ab::detail::canonical {

inline constexpr std::size_t max_depth = 128;  // of values of one recursive type inside each other
inline constexpr std::size_t max_recursive =
    1024;  // bytes of memory that such a type, and each type in it, may take in itself
inline constexpr std::size_t max_weightless = 65536;  // elements that take no byte, in one value

enum class trouble : std::uint8_t { none, early, left_over, flag, index, length, order, depth, rejected };

// What was wrong, and where.
struct failure {
  trouble what = trouble::none;
  std::byte const* where = nullptr;
  std::string_view said{};     // by the `from` of codec_traits
  std::string_view advised{};  // likewise
};

// Reads on from `at`. What it has seen of a value is dropped where something is wrong.
struct reader {
  std::byte const* at;
  std::byte const* end;
  std::size_t depth = 0;
  std::size_t weightless = 0;
  failure failed{};

  constexpr explicit reader(bytes_view in) noexcept : at(in.data()), end(in.data() + in.size()) {}

  ANABRANCH_ALWAYS_INLINE constexpr std::size_t left() const noexcept { return static_cast<std::size_t>(end - at); }
  ANABRANCH_ALWAYS_INLINE constexpr bool fail_at(std::byte const* place, trouble t) noexcept {
    failed.what = t;
    failed.where = place;
    return false;
  }
  ANABRANCH_ALWAYS_INLINE constexpr bool fail(trouble t) noexcept { return fail_at(at, t); }
  ANABRANCH_ALWAYS_INLINE constexpr bool has(std::size_t n) noexcept { return left() >= n || fail(trouble::early); }
};

// Adds up what a value takes, and notes where it is beyond the format's limits.
struct meter {
  std::size_t depth = 0;
  std::size_t weightless = 0;
  std::uint64_t beyond = 0;

  constexpr bool fits() const noexcept { return beyond == 0; }
  ANABRANCH_ALWAYS_INLINE constexpr void refuse() noexcept { beyond = 1; }
  ANABRANCH_ALWAYS_INLINE constexpr void count(std::size_t elements) noexcept {
    beyond |= std::uint64_t{elements} >> 32U;
  }
  constexpr void count_weightless(std::size_t elements) noexcept {
    weightless += elements <= max_weightless ? elements : max_weightless + 1;
    if (weightless > max_weightless) refuse();
  }
};

inline constexpr std::string_view as_written =
    "read it as the type and with the codec that it was written with; if they are, the bytes were damaged";

// By value, so that a reader's address is never taken and it stays in registers.
[[gnu::cold, gnu::noinline]] constexpr error describe(failure f, std::byte const* begin,
                                                      std::string_view type) noexcept {
  text<120> where = "byte ";
  where.append(static_cast<std::int64_t>(f.where - begin)).append(" of ").append(type);
  auto const error_of = [&](std::string_view what) { return error(errc::malformed, what, as_written, where); };
  switch (f.what) {
    case trouble::none:
    case trouble::early: return error_of("the bytes end before the value does");
    case trouble::left_over: return error_of("bytes are left over after the value");
    case trouble::flag: return error_of("a bool, or the flag of an optional, is neither 0 nor 1");
    case trouble::index: return error_of("there is no alternative of this index");
    case trouble::length: return error_of("a length is larger than what can follow");
    case trouble::order: return error_of("the keys of a set or a map don't increase strictly");
    case trouble::depth: return error_of("values are nested too deeply");
    case trouble::rejected: break;
  }
  return error(errc::malformed, f.said, f.advised, where);
}

}  // namespace ab::detail::canonical
