#include "anabranch/hash/digest.hpp"

#include "anabranch/codec.hpp"
#include "anabranch/hash/sha256.hpp"
#include "catch.hpp"

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

namespace {

struct other_hash;
using digest = ab::sha256::digest;
using other = ab::digest<other_hash, 32>;

template <class A, class B>
concept comparable = requires(A const& a, B const& b) { a == b; };
static_assert(comparable<digest, digest> && !comparable<digest, other> && !std::is_convertible_v<digest, other>);
static_assert(std::is_trivially_copyable_v<digest> && sizeof(digest) == 32 && std::is_aggregate_v<digest>);
static_assert(ab::canonical_codec::fixed_size<digest> && ab::canonical_codec::least_size<digest> == 32);

constexpr std::string_view text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static_assert(digest::parse(text)->hex() == text);
static_assert(digest::parse("").error() == ab::errc::malformed);

}  // namespace

TEST_CASE("A digest has one text, and it reads back", "[hash]") {
  for (unsigned i = 0; i < 256; ++i) {
    digest d;
    d.bytes[i % 32] = static_cast<std::byte>(i);
    auto const again = digest::parse(d.hex());
    REQUIRE(again);
    CHECK(*again == d);
  }
  std::string s(text);
  CHECK(digest::parse(s));
  for (std::size_t i : {std::size_t{0}, std::size_t{31}, std::size_t{63}}) {
    for (char const c : {'A', 'F', 'g', '/', ':', '`', ' ', '\0', '\xE9'}) {
      auto bad = s;
      bad[i] = c;
      CHECK(digest::parse(bad).error() == ab::errc::malformed);
    }
  }
  for (auto const& bad : {s + "0", s.substr(1), s.substr(2), "0x" + s, s + "\n", std::string()}) {
    auto const r = digest::parse(bad);
    REQUIRE_FALSE(r);
    CHECK(r.error() == ab::errc::malformed);
    CHECK(r.error().actual == static_cast<std::int64_t>(bad.size()));
  }
}

TEST_CASE("Digests are ordered as their texts are", "[hash]") {
  std::vector<digest> all;
  for (unsigned i = 0; i < 300; ++i) {
    std::byte const b[] = {static_cast<std::byte>(i), static_cast<std::byte>(i >> 8U)};
    all.push_back(ab::sha256::of(b));
  }
  std::sort(all.begin(), all.end());
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](digest const& a, digest const& b) { return a.hex().view() < b.hex().view(); }));
}

TEST_CASE("A digest is stored as its bytes", "[hash][R5]") {
  auto const d = *digest::parse(text);
  auto const stored = ab::encode(d);
  CHECK(std::equal(stored.begin(), stored.end(), d.bytes.begin(), d.bytes.end()));
  auto const again = ab::decode<digest>(stored);
  REQUIRE(again);
  CHECK(*again == d);
}
