// Bytes from an enemy: refused, without undefined behaviour, and without memory that they only promise to fill.

#include "anabranch/codec.hpp"
#include "catch.hpp"
#include "codec/samples.hpp"

#include <cstdlib>
#include <new>
#include <random>
#include <set>
#include <string>
#include <unordered_set>

namespace {

std::size_t allocated = 0;

}  // namespace

void* operator new(std::size_t n) {
  allocated += n;
  if (void* p = std::malloc(n == 0 ? 1 : n)) return p;
  throw std::bad_alloc();
}
void* operator new(std::size_t n, std::nothrow_t const&) noexcept {
  allocated += n;
  return std::malloc(n == 0 ? 1 : n);
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace {

using samples::nothing;

ab::bytes raw(std::initializer_list<int> values) {
  ab::bytes all;
  for (int v : values) all.push_back(static_cast<std::byte>(v));
  return all;
}

template <class T>
struct attempt {
  ab::result<T> value;
  std::size_t memory;
};
template <class T>
attempt<T> try_decode(ab::bytes const& all) {
  auto const before = allocated;
  auto value = ab::decode<T>(all);
  return {std::move(value), allocated - before};
}

template <class T>
void is_refused(ab::bytes const& all, std::string_view what, std::size_t where) {
  auto const back = ab::decode<T>(all);
  REQUIRE(!back);
  CHECK(back.error() == ab::errc::malformed);
  CHECK(back.error().what == what);
  CHECK(back.error().where.view().starts_with("byte " + std::to_string(where) + " of "));
}

constexpr std::string_view too_long = "a length is larger than what can follow";
constexpr std::string_view not_increasing = "the keys of a set or a map don't increase strictly";
constexpr std::string_view no_flag = "a bool, or the flag of an optional, is neither 0 nor 1";
constexpr std::string_view ended = "the bytes end before the value does";

}  // namespace

TEMPLATE_TEST_CASE("a length is checked before anything is allocated for it", "[codec][R69][R73]", std::string,
                   ab::bytes, std::vector<std::int64_t>, std::vector<bool>, std::vector<std::string>,
                   std::vector<std::vector<nothing>>, std::deque<double>, std::set<std::int64_t>,
                   (std::map<std::string, nothing>), (std::unordered_map<std::int64_t, std::string>),
                   std::unordered_set<std::string>, std::vector<samples::everything>, samples::tree, samples::lists,
                   std::vector<nothing>, std::set<nothing>, (std::map<nothing, nothing>)) {
  for (int high : {0xFF, 0x7F, 0x01}) {
    for (std::size_t more : {0U, 1U, 4U, 7U, 12U}) {
      auto all = raw({0xFF, 0xFF, 0xFF, high});
      all.resize(all.size() + more);
      auto const tried = try_decode<TestType>(all);
      REQUIRE(!tried.value);
      CHECK(tried.memory <= 600);  // what an empty deque takes; it knows no better
    }
  }
}

TEST_CASE("a length may be exactly what follows, and no more", "[codec][R69]") {
  CHECK(ab::decode<std::vector<std::uint16_t>>(raw({2, 0, 0, 0, 1, 0, 2, 0})));
  is_refused<std::vector<std::uint16_t>>(raw({3, 0, 0, 0, 1, 0, 2, 0}), too_long, 0);
  is_refused<std::vector<std::uint16_t>>(raw({2, 0, 0, 0, 1, 0, 2}), too_long, 0);
  is_refused<std::string>(raw({2, 0, 0, 0, 'x'}), too_long, 0);
  is_refused<std::vector<std::string>>(raw({2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}), too_long, 0);
  // Two strings could follow, but the first one takes the place of the second.
  is_refused<std::vector<std::string>>(raw({2, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0}), ended, 12);
  is_refused<std::vector<std::string>>(raw({2, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0}), too_long, 4);
}

TEMPLATE_TEST_CASE("memory grows with the input only", "[codec][R69]", SAMPLES) {
  // Every length is as large as it can be, everywhere.
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    ab::bytes all(random() % 600);
    for (auto& b : all) b = static_cast<std::byte>(random() % 5 == 0 ? random() % 60 : 0);
    auto const tried = try_decode<TestType>(all);
    CHECK(tried.memory <= 4096 + 200 * all.size());
  }
}

TEST_CASE("elements without bytes are counted over the whole value", "[codec][R69]") {
  constexpr auto most = ab::canonical_codec::max_weightless;
  STATIC_REQUIRE(most == 65536);
  auto all = raw({0, 0, 1, 0});
  REQUIRE(ab::decode<std::vector<nothing>>(all));
  CHECK(ab::decode<std::vector<nothing>>(all)->size() == most);
  is_refused<std::vector<nothing>>(raw({1, 0, 1, 0}), too_long, 0);
  is_refused<std::vector<std::vector<nothing>>>(raw({2, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0}), too_long, 8);

  // What could not be read is not written either.
  std::vector<nothing> many(most);
  CHECK(ab::canonical_codec::check(many));
  CHECK(ab::encode(many) == all);
  many.emplace_back();
  CHECK(ab::canonical_codec::check(many).error() == ab::errc::too_large);
  CHECK_THROWS_AS(ab::encode(many), std::bad_alloc);
  CHECK(ab::canonical_codec::check(std::vector<std::vector<nothing>>(2, std::vector<nothing>(most / 2))));
  CHECK(!ab::canonical_codec::check(std::vector<std::vector<nothing>>(3, std::vector<nothing>(most / 2))));
}

TEST_CASE("what encode never writes is refused, though it could be understood", "[codec][R40][R73]") {
  is_refused<bool>(raw({2}), no_flag, 0);
  is_refused<samples::truth>(raw({0x80}), no_flag, 0);
  is_refused<std::vector<bool>>(raw({2, 0, 0, 0, 1, 3}), no_flag, 5);
  is_refused<std::array<bool, 2>>(raw({1, 2}), no_flag, 1);
  is_refused<std::vector<std::array<bool, 1>>>(raw({1, 0, 0, 0, 2}), no_flag, 4);
  is_refused<std::optional<std::uint8_t>>(raw({2, 5}), no_flag, 0);
  is_refused<std::optional<std::uint8_t>>(raw({0, 5}), "bytes are left over after the value", 1);
  is_refused<ab::one_of<nothing, bool>>(raw({2}), "there is no alternative of this index", 0);
  is_refused<ab::one_of<nothing, bool>>(raw({1}), ended, 1);
  is_refused<std::set<std::uint8_t>>(raw({2, 0, 0, 0, 5, 5}), not_increasing, 5);
  is_refused<std::set<std::uint8_t>>(raw({2, 0, 0, 0, 5, 4}), not_increasing, 5);
  CHECK(ab::decode<std::set<std::uint8_t>>(raw({2, 0, 0, 0, 5, 6})));
  is_refused<std::set<std::uint8_t, std::greater<>>>(raw({2, 0, 0, 0, 5, 6}), not_increasing, 5);
  is_refused<std::map<std::uint8_t, bool>>(raw({2, 0, 0, 0, 5, 1, 5, 1}), not_increasing, 6);
  is_refused<std::unordered_set<std::uint16_t>>(raw({2, 0, 0, 0, 1, 0, 0, 1}), not_increasing, 6);
  CHECK(ab::decode<std::unordered_set<std::uint16_t>>(raw({2, 0, 0, 0, 0, 1, 1, 0})));
  is_refused<std::unordered_map<std::uint8_t, bool>>(raw({2, 0, 0, 0, 5, 1, 5, 1}), not_increasing, 6);
  is_refused<std::set<nothing>>(raw({2, 0, 0, 0}), not_increasing, 4);
}

TEST_CASE("two keys of different bytes that a hash set takes for equal are refused", "[codec][R73]") {
  ab::bytes all = raw({2, 0, 0, 0});
  ab::append_bytes sink{all};
  ab::canonical_codec::encode(0.0, sink);
  ab::canonical_codec::encode(-0.0, sink);
  is_refused<std::unordered_set<double>>(all, not_increasing, 12);
}

namespace {

struct by_map {
  std::map<std::uint8_t, by_map> children{};
};
struct by_option {
  std::vector<std::optional<std::pair<std::uint8_t, by_option>>> children{};
};
struct odd;
struct even {
  std::vector<odd> inner;
};
struct odd {
  std::vector<even> inner;
};
struct document;
using node = ab::one_of<bool, std::vector<document>>;
struct document {
  node value = false;
};

// As large as a type that contains itself may be, with all of it on the stack at each depth.
struct fat {
  std::array<std::uint64_t, 100> a;
  std::vector<ab::one_of<fat, std::array<std::uint64_t, 127>, std::array<std::uint64_t, 126>>> children;
};

// The encoding of a value that contains one of its own type, `depth` times.
template <class T>
ab::bytes nested(std::size_t depth, ab::bytes const& around, ab::bytes const& innermost) {
  ab::bytes all;
  for (std::size_t i = 1; i < depth; ++i) all.insert(all.end(), around.begin(), around.end());
  all.insert(all.end(), innermost.begin(), innermost.end());
  return all;
}
template <class T>
void nests_to(std::size_t most, ab::bytes const& around, ab::bytes const& innermost) {
  CHECK(ab::decode<T>(nested<T>(most, around, innermost)));
  for (std::size_t depth : {most + 1, most + 100, std::size_t{20'000}}) {
    auto const back = ab::decode<T>(nested<T>(depth, around, innermost));
    REQUIRE(!back);
    CHECK(back.error() == ab::errc::malformed);
    CHECK(back.error().what == "values are nested too deeply");
  }
}

}  // namespace

TEST_CASE("depth has a limit, through whatever a type contains itself", "[codec][R69]") {
  constexpr auto most = ab::canonical_codec::max_depth;
  STATIC_REQUIRE(most == 128);
  nests_to<samples::tree>(most, raw({0, 0, 0, 0, 1, 0, 0, 0}), raw({0, 0, 0, 0, 0, 0, 0, 0}));
  nests_to<by_map>(most, raw({1, 0, 0, 0, 7}), raw({0, 0, 0, 0}));
  nests_to<by_option>(most, raw({1, 0, 0, 0, 1, 7}), raw({0, 0, 0, 0}));
  nests_to<even>(most, raw({1, 0, 0, 0}), raw({0, 0, 0, 0}));
  nests_to<document>(most, raw({1, 1, 0, 0, 0}), raw({0, 1}));
  ab::bytes around(800), innermost(804);
  for (int b : {1, 0, 0, 0, 0}) around.push_back(static_cast<std::byte>(b));
  nests_to<fat>(most, around, innermost);
}

TEST_CASE("depth is of values inside each other, not beside each other", "[codec]") {
  samples::tree wide;
  wide.children.resize(1000);
  CHECK(ab::canonical_codec::check(wide));
  CHECK(*ab::decode<samples::tree>(ab::encode(wide)) == wide);
}

TEST_CASE("what is nested too deeply to be read is not written", "[codec][R73]") {
  samples::tree deep;
  for (std::size_t i = 1; i < ab::canonical_codec::max_depth; ++i) deep = {"", {std::move(deep)}};
  CHECK(ab::canonical_codec::check(deep));
  CHECK(*ab::decode<samples::tree>(ab::encode(deep)) == deep);
  deep = {"", {std::move(deep)}};
  auto const checked = ab::canonical_codec::check(deep);
  REQUIRE(!checked);
  CHECK(checked.error() == ab::errc::too_large);
  ab::bytes all;
  ab::append_bytes sink{all};
  CHECK_THROWS_AS(ab::canonical_codec::encode(deep, sink), std::bad_alloc);
  CHECK(all.empty());
}

TEMPLATE_TEST_CASE("whatever is accepted is encoded as the same bytes again", "[codec][R5][R40][R73]", SAMPLES) {
  std::mt19937 random(7);
  auto const below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  auto const any_byte = [&] {
    constexpr int usual[] = {0, 1, 2, 3, 4, 5, 255};
    return static_cast<std::byte>(random() % 3 != 0 ? usual[below(7)] : static_cast<int>(random() % 256));
  };
  int accepted = 0;
  auto const holds_for = [&](ab::bytes const& all) {
    auto const back = ab::decode<TestType>(ab::bytes(all));
    if (!back) return;
    ++accepted;
    if (ab::encode(*back) != all) FAIL("another encoding was accepted");
  };

  for (TestType const& value : TestType::values()) {
    auto const all = ab::encode(value);
    if (all.size() > 4000) continue;
    for (int round = 0; round < 1500; ++round) {
      auto changed = all;
      for (std::size_t n = 1 + below(3); n > 0; --n) {
        if (changed.empty()) changed.push_back(any_byte());
        auto const at = changed.begin() + static_cast<std::ptrdiff_t>(below(changed.size()));
        switch (below(6)) {
          case 0: changed.insert(at, any_byte()); break;
          case 1: changed.erase(at); break;
          case 2:
            changed.insert(at, all.begin(), all.begin() + static_cast<std::ptrdiff_t>(below(all.size() + 1)));
            break;
          case 3: *at ^= static_cast<std::byte>(1U << below(8)); break;
          default: *at = any_byte(); break;
        }
      }
      holds_for(changed);
    }
  }
  for (int round = 0; round < 3000; ++round) {
    ab::bytes made(below(60));
    for (auto& b : made) b = any_byte();
    holds_for(made);
  }
  CHECK(accepted > 50);
}
