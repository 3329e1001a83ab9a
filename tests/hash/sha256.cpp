#include "anabranch/hash/sha256.hpp"

#include "catch.hpp"
#include "nist.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

namespace {

using ab::sha256;
using ab::detail::sha256_by_instruction;
using ab::detail::sha256_in_cpp;

static_assert(ab::hash_policy<sha256>);
static_assert(ab::detail::must_be_hash<sha256>());

constexpr std::byte from_hex(std::string_view s) {
  auto const value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  return static_cast<std::byte>(16 * value(s[0]) + value(s[1]));
}

// A message in place, so that it can be one in a constant expression.
struct content {
  std::byte at[512] = {};
  std::size_t size;

  constexpr explicit content(std::string_view hex) : size(hex.size() / 2) {
    for (std::size_t i = 0; i < size; ++i) at[i] = from_hex(hex.substr(2 * i));
  }
  constexpr ab::bytes_view view() const { return {at, size}; }
};

template <std::size_t I>
constexpr bool right_when_compiled =
    sha256::of(content(nist::messages[I].hex).view()).hex() == nist::messages[I].digest;

template <std::size_t... I>
constexpr bool all_right(std::index_sequence<I...>) {
  return (right_when_compiled<I> && ...);
}
static_assert(all_right(std::make_index_sequence<std::size(nist::messages)>{}));

constexpr bool repetitions_right() {
  for (auto const& r : nist::repetitions) {
    if (r.size > 64) continue;
    std::byte b[64] = {};
    for (auto& x : b) x = static_cast<std::byte>(r.byte);
    if (sha256::of({b, static_cast<std::size_t>(r.size)}).hex() != r.digest) return false;
  }
  return true;
}
static_assert(repetitions_right());

// In pieces, and going on after a digest was asked for.
constexpr bool pieces_right() {
  content const all(nist::messages[17].hex);
  for (std::size_t first : {0U, 1U, 63U, 64U, 65U, 127U, 128U, 200U}) {
    sha256 h;
    h.update(all.view().first(first));
    (void)h.finish();
    h.update(all.view().subspan(first));
    if (h.finish().hex() != nist::messages[17].digest) return false;
  }
  return true;
}
static_assert(pieces_right());

// The padding of FIPS 180-4, 5.1.1, once more and plainly, around one way of taking blocks.
template <class Way>
sha256::digest digest_by(ab::bytes_view b) {
  ab::bytes all(b.begin(), b.end());
  all.push_back(std::byte{0x80});
  while (all.size() % 64 != 56) all.push_back({});
  for (unsigned i = 0; i < 8; ++i) all.push_back(static_cast<std::byte>(std::uint64_t{b.size()} * 8 >> (56 - 8 * i)));
  ab::detail::sha256_state s;
  Way::blocks(s, all.data(), all.size() / 64);
  sha256::digest d;
  for (unsigned i = 0; i < 32; ++i) d.bytes[i] = static_cast<std::byte>(s.words[i / 4] >> (24 - 8 * (i % 4)));
  return d;
}

std::vector<std::byte> random_bytes(std::size_t n, std::mt19937& dice) {
  std::vector<std::byte> b(n);
  for (auto& x : b) x = static_cast<std::byte>(dice());
  return b;
}

}  // namespace

TEST_CASE("SHA-256 has NIST's digests of its messages", "[hash][R40]") {
  for (auto const& m : nist::messages) {
    content const c(m.hex);
    INFO(m.hex);
    CHECK(sha256::of(c.view()).hex().view() == m.digest);
    CHECK(digest_by<sha256_in_cpp>(c.view()).hex().view() == m.digest);
    if (ab::detail::sha256_has_instruction())
      CHECK(digest_by<sha256_by_instruction>(c.view()).hex().view() == m.digest);
  }
}

TEST_CASE("SHA-256 has NIST's digests of long messages, also of 2^32 bits", "[hash][R40]") {
  for (auto const& r : nist::repetitions) {
    ab::bytes const piece(std::size_t{1} << 20U, static_cast<std::byte>(r.byte));
    sha256 h;
    for (auto left = r.size; left > 0;) {
      auto const n = std::min<std::uint64_t>(left, piece.size());
      h.update(ab::bytes_view(piece).first(static_cast<std::size_t>(n)));
      left -= n;
    }
    INFO(r.size << " times " << r.byte);
    CHECK(h.finish().hex().view() == r.digest);
  }
}

TEST_CASE("SHA-256 passes NIST's Monte Carlo test", "[hash][R40]") {
  auto seed = *sha256::digest::parse(nist::monte_carlo_seed);
  auto expected = std::begin(nist::monte_carlo);
  for (int count = 0; count < 100; ++count) {
    std::array<sha256::digest, 3> last{seed, seed, seed};
    for (int i = 0; i < 1000; ++i) {
      sha256 h;
      for (auto const& d : last) h.update(d.bytes);
      last = {last[1], last[2], h.finish()};
    }
    seed = last[2];
    if (count == expected->count) CHECK(seed.hex().view() == (expected++)->digest);
  }
  CHECK(expected == std::end(nist::monte_carlo));
}

TEST_CASE("SHA-256 in C++ and by instruction agree, whatever the pieces", "[hash][R40]") {
  if (!ab::detail::sha256_has_instruction()) WARN("this machine has no SHA instructions: only C++ was tested");
  std::mt19937 dice(40);
  for (std::size_t size = 0; size <= 300; ++size) {
    auto const b = random_bytes(size, dice);
    auto const expected = digest_by<sha256_in_cpp>(b);
    INFO("size " << size);
    REQUIRE(sha256::of(b) == expected);
    if (ab::detail::sha256_has_instruction()) REQUIRE(digest_by<sha256_by_instruction>(b) == expected);
    sha256 h;
    for (ab::bytes_view rest = b; !rest.empty();) {
      auto const n = std::min<std::size_t>(rest.size(), dice() % 97);
      h.update(rest.first(n));
      rest = rest.subspan(n);
    }
    REQUIRE(h.finish() == expected);
  }
  // Bytes that lie at any address, many blocks at once.
  auto const b = random_bytes(100'000, dice);
  for (std::size_t at = 0; at < 17; ++at) {
    auto const part = ab::bytes_view(b).subspan(at);
    REQUIRE(sha256::of(part) == digest_by<sha256_in_cpp>(part));
  }
}

TEST_CASE("A digest asked for in between changes nothing", "[hash]") {
  sha256 h, same;
  std::mt19937 dice(1);
  for (int i = 0; i < 200; ++i) {
    auto const b = random_bytes(dice() % 50, dice);
    h.update(b);
    same.update(b);
    auto const once = h.finish();
    CHECK(once == h.finish());
  }
  CHECK(h.finish() == same.finish());
}

TEST_CASE("Nothing is hashed as nothing, from nowhere", "[hash]") {
  CHECK(sha256::of({}) == sha256().finish());
  sha256 h;
  h.update(ab::bytes_view());
  CHECK(h.finish().hex().view() == nist::messages[0].digest);
}
