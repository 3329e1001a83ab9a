/// @file
/// CRC-32C (Castagnoli): by table in constant expressions, by instruction where the machine has one.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/inline.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace ab {

namespace detail {

// Slicing by eight: table[k][b] is the state after byte b and k zero bytes.
struct crc32c_tables {
  std::uint32_t of[8][256];
};

consteval crc32c_tables make_crc32c_tables() {
  crc32c_tables t{};
  for (std::uint32_t b = 0; b < 256; ++b) {
    std::uint32_t c = b;
    for (int bit = 0; bit < 8; ++bit) c = (c >> 1U) ^ ((c & 1U) * 0x82F63B78U);
    t.of[0][b] = c;
  }
  for (std::size_t k = 1; k < 8; ++k) {
    for (std::size_t b = 0; b < 256; ++b) t.of[k][b] = (t.of[k - 1][b] >> 8U) ^ t.of[0][t.of[k - 1][b] & 0xFFU];
  }
  return t;
}

inline constexpr crc32c_tables crc32c_table = make_crc32c_tables();

// Eight bytes as a little-endian word: one load at run time.
ANABRANCH_ALWAYS_INLINE constexpr std::uint64_t crc32c_load(std::byte const* p) noexcept {
  std::uint64_t w = 0;
  if (std::endian::native == std::endian::little && !std::is_constant_evaluated()) {
    std::memcpy(&w, p, sizeof w);
  } else {
    for (unsigned i = 0; i < 8; ++i) w |= std::uint64_t{std::to_integer<std::uint8_t>(p[i])} << (8U * i);
  }
  return w;
}

// The state is the CRC without its final inversion, so that steps can be chained.
struct crc32c_by_table {
  static constexpr std::uint32_t word(std::uint32_t state, std::uint64_t w) noexcept {
    w ^= state;
    std::uint32_t c = 0;
    for (unsigned i = 0; i < 8; ++i) c ^= crc32c_table.of[7 - i][(w >> (8U * i)) & 0xFFU];
    return c;
  }
  static constexpr std::uint32_t byte(std::uint32_t state, std::uint8_t b) noexcept {
    return (state >> 8U) ^ crc32c_table.of[0][(state ^ b) & 0xFFU];
  }
  static constexpr std::uint32_t words(std::uint32_t state, std::byte const* p, std::size_t count) noexcept {
    for (std::size_t i = 0; i < count; ++i) state = word(state, crc32c_load(p + 8 * i));
    return state;
  }
};

// What `n` zero bytes do to a state, as a table per byte of it: joins CRCs that were computed side by side.
struct crc32c_shift {
  std::uint32_t of[4][256];
  constexpr std::uint32_t operator()(std::uint32_t s) const noexcept {
    return of[0][s & 0xFFU] ^ of[1][(s >> 8U) & 0xFFU] ^ of[2][(s >> 16U) & 0xFFU] ^ of[3][s >> 24U];
  }
};

consteval crc32c_shift make_crc32c_shift(std::size_t n) {
  struct matrix {
    std::uint32_t column[32];
    constexpr std::uint32_t operator()(std::uint32_t s) const {
      std::uint32_t r = 0;
      for (unsigned i = 0; i < 32; ++i) r ^= ((s >> i) & 1U) * column[i];
      return r;
    }
  };
  matrix power{}, result{};
  for (unsigned i = 0; i < 32; ++i) {
    power.column[i] = crc32c_by_table::byte(1U << i, 0);
    result.column[i] = 1U << i;
  }
  for (; n != 0; n >>= 1U) {
    matrix const p = power;
    for (unsigned i = 0; i < 32; ++i) {
      if ((n & 1U) != 0) result.column[i] = p(result.column[i]);
      power.column[i] = p(p.column[i]);
    }
  }
  crc32c_shift t{};
  for (unsigned k = 0; k < 4; ++k) {
    for (std::uint32_t b = 0; b < 256; ++b) t.of[k][b] = result(b << (8U * k));
  }
  return t;
}

#if defined(__x86_64__) || defined(__ARM_FEATURE_CRC32)

// The instruction is written in assembly, since code for another target than the caller's can't be inlined into it;
// whoever calls has asked `crc32c_has_instruction`.
struct crc32c_by_instruction {
#if defined(__x86_64__)
  ANABRANCH_ALWAYS_INLINE static std::uint32_t word(std::uint32_t state, std::uint64_t w) noexcept {
    std::uint64_t s = state;
    __asm__("crc32q %1, %0" : "+r"(s) : "r"(w));
    return static_cast<std::uint32_t>(s);
  }
  ANABRANCH_ALWAYS_INLINE static std::uint32_t byte(std::uint32_t state, std::uint8_t b) noexcept {
    __asm__("crc32b %1, %0" : "+r"(state) : "r"(b));
    return state;
  }
#else
  ANABRANCH_ALWAYS_INLINE static std::uint32_t word(std::uint32_t state, std::uint64_t w) noexcept {
    __asm__("crc32cx %w0, %w0, %x1" : "+r"(state) : "r"(w));
    return state;
  }
  ANABRANCH_ALWAYS_INLINE static std::uint32_t byte(std::uint32_t state, std::uint8_t b) noexcept {
    __asm__("crc32cb %w0, %w0, %w1" : "+r"(state) : "r"(std::uint32_t{b}));
    return state;
  }
#endif

  // The instruction has a latency of three cycles and one can begin in each: long runs go in three lanes.
  static constexpr std::size_t lane = 64;  // words

  ANABRANCH_ALWAYS_INLINE static std::uint32_t words(std::uint32_t state, std::byte const* p,
                                                     std::size_t count) noexcept {
    if (count >= 3 * lane) [[unlikely]]
      state = lanes(state, p, count);
    for (; count >= 4; count -= 4, p += 32) {
      for (std::size_t i = 0; i < 4; ++i) state = word(state, crc32c_load(p + 8 * i));
    }
    for (; count > 0; --count, p += 8) state = word(state, crc32c_load(p));
    return state;
  }

 private:
  [[gnu::noinline]] static std::uint32_t lanes(std::uint32_t a, std::byte const*& p, std::size_t& count) noexcept {
    static constexpr crc32c_shift shift = make_crc32c_shift(8 * lane);
    for (; count >= 3 * lane; count -= 3 * lane, p += 24 * lane) {
      std::uint32_t b = 0, c = 0;
      for (std::size_t i = 0; i < lane; ++i) {
        a = word(a, crc32c_load(p + 8 * i));
        b = word(b, crc32c_load(p + 8 * (lane + i)));
        c = word(c, crc32c_load(p + 8 * (2 * lane + i)));
      }
      a = shift(shift(a) ^ b) ^ c;
    }
    return a;
  }
};

#endif

#if defined(__SSE4_2__) || defined(__ARM_FEATURE_CRC32)
constexpr bool crc32c_has_instruction() noexcept { return true; }
#elif defined(__x86_64__)
// Asked once. Read before it is set it says no, and the table gives the same.
inline bool const crc32c_instruction_found = __builtin_cpu_supports("sse4.2") != 0;
inline bool crc32c_has_instruction() noexcept { return crc32c_instruction_found; }
#else
using crc32c_by_instruction = crc32c_by_table;
constexpr bool crc32c_has_instruction() noexcept { return false; }
#endif

// Calls `f` with the fastest way there is, so that a loop over many short runs asks only once.
template <class F>
ANABRANCH_ALWAYS_INLINE decltype(auto) with_crc32c(F&& f) {
  if (crc32c_has_instruction()) return f(crc32c_by_instruction{});
  return f(crc32c_by_table{});
}

template <class Way>
constexpr std::uint32_t crc32c_run(Way, std::uint32_t state, bytes_view b) noexcept {
  std::size_t const words = b.size() / 8;
  state = Way::words(state, b.data(), words);
  for (std::size_t i = 8 * words; i < b.size(); ++i) state = Way::byte(state, std::to_integer<std::uint8_t>(b[i]));
  return state;
}

}  // namespace detail

/// The CRC-32C of `b`, or of what `before` is the CRC of followed by `b`. O(size), some 20 bytes a nanosecond.
///
/// Finds accidents, not attackers. `crc32c(b, crc32c(a))` is the CRC of `a` and `b` joined.
constexpr std::uint32_t crc32c(bytes_view b, std::uint32_t before = 0) noexcept {
  if (std::is_constant_evaluated()) return ~detail::crc32c_run(detail::crc32c_by_table{}, ~before, b);
  return ~detail::with_crc32c([&](auto way) { return detail::crc32c_run(way, ~before, b); });
}

}  // namespace ab
