// The compression function of SHA-256 (FIPS 180-4, 6.2.2): in C++, and by the instructions of x86-64.
#pragma once

#include "anabranch/core/inline.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace ab::detail {

struct sha256_state {
  std::uint32_t words[8] = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                            0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};
};

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
alignas(16) inline constexpr std::uint32_t sha256_constants[64] = {
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2};

struct sha256_in_cpp {
  static constexpr void blocks(sha256_state& state, std::byte const* p, std::size_t count) noexcept {
    auto& s = state.words;
    for (; count > 0; --count, p += 64) {
      std::uint32_t w[16] = {};  // of the schedule, the last sixteen words
      for (std::size_t i = 0; i < 16; ++i) w[i] = load(p + 4 * i);
      std::uint32_t v[8] = {s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]};
      sixteen(v, w, sha256_constants);
      for (std::size_t r = 16; r < 64; r += 16) {
        for (std::size_t i = 0; i < 16; ++i)
          w[i] += spread0(w[(i + 1) % 16]) + w[(i + 9) % 16] + spread1(w[(i + 14) % 16]);
        sixteen(v, w, sha256_constants + r);
      }
      for (std::size_t i = 0; i < 8; ++i) s[i] += v[i];
    }
  }

 private:
  ANABRANCH_ALWAYS_INLINE static constexpr std::uint32_t load(std::byte const* p) noexcept {
    auto const at = [&](std::size_t i) { return std::to_integer<std::uint32_t>(p[i]); };
    return at(0) << 24U | at(1) << 16U | at(2) << 8U | at(3);
  }
  ANABRANCH_ALWAYS_INLINE static constexpr std::uint32_t spread0(std::uint32_t x) noexcept {
    return std::rotr(x, 7) ^ std::rotr(x, 18) ^ x >> 3U;
  }
  ANABRANCH_ALWAYS_INLINE static constexpr std::uint32_t spread1(std::uint32_t x) noexcept {
    return std::rotr(x, 17) ^ std::rotr(x, 19) ^ x >> 10U;
  }
  ANABRANCH_ALWAYS_INLINE static constexpr void sixteen(std::uint32_t (&v)[8], std::uint32_t const (&w)[16],
                                                        std::uint32_t const* k) noexcept {
    for (std::size_t i = 0; i < 16; i += 8) {
      // The eight variables take turns instead of moving up.
      round(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], w[i] + k[i]);
      round(v[7], v[0], v[1], v[2], v[3], v[4], v[5], v[6], w[i + 1] + k[i + 1]);
      round(v[6], v[7], v[0], v[1], v[2], v[3], v[4], v[5], w[i + 2] + k[i + 2]);
      round(v[5], v[6], v[7], v[0], v[1], v[2], v[3], v[4], w[i + 3] + k[i + 3]);
      round(v[4], v[5], v[6], v[7], v[0], v[1], v[2], v[3], w[i + 4] + k[i + 4]);
      round(v[3], v[4], v[5], v[6], v[7], v[0], v[1], v[2], w[i + 5] + k[i + 5]);
      round(v[2], v[3], v[4], v[5], v[6], v[7], v[0], v[1], w[i + 6] + k[i + 6]);
      round(v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[0], w[i + 7] + k[i + 7]);
    }
  }
  ANABRANCH_ALWAYS_INLINE static constexpr void round(std::uint32_t a, std::uint32_t b, std::uint32_t c,
                                                      std::uint32_t& d, std::uint32_t e, std::uint32_t f,
                                                      std::uint32_t g, std::uint32_t& h, std::uint32_t wk) noexcept {
    auto const t = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + (g ^ (e & (f ^ g))) + wk;
    d += t;
    h = t + (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) | (c & (a | b)));
  }
};

#if defined(__x86_64__)

// Whoever calls has asked `sha256_has_instruction`. By the compilers' own vectors: <immintrin.h> alone fills a header's budget.
struct sha256_by_instruction {
  [[gnu::target("sha,sse4.1")]] static void blocks(sha256_state& state, std::byte const* p,
                                                   std::size_t count) noexcept {
    auto& s = state.words;
    four const abcd = {s[0], s[1], s[2], s[3]}, efgh = {s[4], s[5], s[6], s[7]};
    // The instructions want the variables in the orders f e b a and h g d c, lowest first.
    four feba = __builtin_shufflevector(efgh, abcd, 1, 0, 5, 4), hgdc = __builtin_shufflevector(efgh, abcd, 3, 2, 7, 6);
    for (; count > 0; --count, p += 64) {
      four const feba_before = feba, hgdc_before = hgdc;
      four w0 = load(p), w1 = load(p + 16), w2 = load(p + 32), w3 = load(p + 48);
      auto const* k = sha256_constants;
      for (int i = 0; i < 3; ++i, k += 16) {
        rounds(feba, hgdc, w0, k);
        w0 = next(w0, w1, w2, w3);
        rounds(feba, hgdc, w1, k + 4);
        w1 = next(w1, w2, w3, w0);
        rounds(feba, hgdc, w2, k + 8);
        w2 = next(w2, w3, w0, w1);
        rounds(feba, hgdc, w3, k + 12);
        w3 = next(w3, w0, w1, w2);
      }
      rounds(feba, hgdc, w0, k);
      rounds(feba, hgdc, w1, k + 4);
      rounds(feba, hgdc, w2, k + 8);
      rounds(feba, hgdc, w3, k + 12);
      feba += feba_before;
      hgdc += hgdc_before;
    }
    store(__builtin_shufflevector(feba, hgdc, 3, 2, 7, 6), s);
    store(__builtin_shufflevector(feba, hgdc, 1, 0, 5, 4), s + 4);
  }

 private:
  typedef std::uint32_t four [[gnu::vector_size(16)]];
  typedef int four_signed [[gnu::vector_size(16)]];
  typedef char sixteen [[gnu::vector_size(16)]];

  [[gnu::target("sha,sse4.1")]] ANABRANCH_ALWAYS_INLINE static four load(std::byte const* p) noexcept {
    sixteen v;
    std::memcpy(&v, p, sizeof v);
    return __builtin_bit_cast(four,
                              __builtin_shufflevector(v, v, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
  }
  [[gnu::target("sha,sse4.1")]] ANABRANCH_ALWAYS_INLINE static void store(four v, std::uint32_t* to) noexcept {
    std::memcpy(to, &v, sizeof v);
  }
  // Four rounds, two by two; each pair swaps what the two halves are.
  [[gnu::target("sha,sse4.1")]] ANABRANCH_ALWAYS_INLINE static void rounds(four& feba, four& hgdc, four w,
                                                                           std::uint32_t const* k) noexcept {
    four constants;
    std::memcpy(&constants, k, sizeof constants);
    four const wk = w + constants;
    hgdc = two(hgdc, feba, wk);
    feba = two(feba, hgdc, __builtin_shufflevector(wk, wk, 2, 3, 2, 3));
  }
  [[gnu::target("sha,sse4.1")]] ANABRANCH_ALWAYS_INLINE static four two(four hgdc, four feba, four wk) noexcept {
    return __builtin_bit_cast(four, __builtin_ia32_sha256rnds2(as_signed(hgdc), as_signed(feba), as_signed(wk)));
  }
  // Four words of the schedule, from the sixteen before.
  [[gnu::target("sha,sse4.1")]] ANABRANCH_ALWAYS_INLINE static four next(four a, four b, four c, four d) noexcept {
    four const part = __builtin_bit_cast(four, __builtin_ia32_sha256msg1(as_signed(a), as_signed(b)));
    four const sum = part + __builtin_shufflevector(c, d, 1, 2, 3, 4);
    return __builtin_bit_cast(four, __builtin_ia32_sha256msg2(as_signed(sum), as_signed(d)));
  }
  [[gnu::target("sha,sse4.1")]] ANABRANCH_ALWAYS_INLINE static four_signed as_signed(four v) noexcept {
    return __builtin_bit_cast(four_signed, v);
  }
};

#if defined(__SHA__) && defined(__SSE4_1__)
constexpr bool sha256_has_instruction() noexcept { return true; }
#else
// `__builtin_cpu_supports` doesn't know "sha" in Clang 16.
inline bool sha256_ask_processor() noexcept {
  struct {
    std::uint32_t a, b, c, d;
  } r{};
  auto const ask = [&](std::uint32_t leaf) {
    __asm__("cpuid" : "=a"(r.a), "=b"(r.b), "=c"(r.c), "=d"(r.d) : "0"(leaf), "2"(0));
  };
  ask(0);
  if (r.a < 7) return false;
  ask(1);
  if ((r.c >> 9U & 1U) == 0 || (r.c >> 19U & 1U) == 0) return false;  // SSSE3, SSE4.1
  ask(7);
  return (r.b >> 29U & 1U) != 0;
}
// Asked once. Read before it is set it says no, and C++ gives the same.
inline bool const sha256_instruction_found = sha256_ask_processor();
inline bool sha256_has_instruction() noexcept { return sha256_instruction_found; }
#endif

#else
using sha256_by_instruction = sha256_in_cpp;
constexpr bool sha256_has_instruction() noexcept { return false; }
#endif

// Takes `count` blocks of 64 bytes.
constexpr void sha256_blocks(sha256_state& state, std::byte const* p, std::size_t count) noexcept {
  if (std::is_constant_evaluated() || !sha256_has_instruction())
    sha256_in_cpp::blocks(state, p, count);
  else
    sha256_by_instruction::blocks(state, p, count);
}

}  // namespace ab::detail
