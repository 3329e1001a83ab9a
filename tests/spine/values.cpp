// Values come back exactly as they went in: as events, as key-values, as a projection's state.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <anabranch/codec/types/map.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace spine {
namespace {

// A number that is compared by its bits: a NaN is equal to itself, and 0.0 isn't -0.0.
struct bits {
  double value = 0;
  friend bool operator==(bits a, bits b) {
    return std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value);
  }
};

enum class colour : std::uint8_t { red, green = 200, blue = 255 };

struct leaf {
  std::string name;
  std::optional<std::int64_t> weight;
  friend bool operator==(leaf const&, leaf const&) = default;
};

struct everything {
  bool flag = false;
  std::int8_t i8 = 0;
  std::int16_t i16 = 0;
  std::int32_t i32 = 0;
  std::int64_t i64 = 0;
  std::uint8_t u8 = 0;
  std::uint16_t u16 = 0;
  std::uint32_t u32 = 0;
  std::uint64_t u64 = 0;
  float f32 = 0;
  bits f64;
  colour c = colour::red;
  std::string text;
  std::vector<std::byte> blob;
  std::optional<std::string> maybe;
  std::optional<std::optional<bool>> twice;
  std::vector<leaf> leaves;
  std::vector<std::vector<std::string>> nested;
  std::map<std::string, std::vector<std::int32_t>> index;
  std::array<std::int16_t, 3> triple{};
  std::pair<std::int32_t, std::string> pair;
  std::tuple<bool, double, std::string> tuple;
  ab::one_of<leaf, std::int64_t> choice = std::int64_t{0};
  friend bool operator==(everything const&, everything const&) = default;
};

struct nothing {
  friend bool operator==(nothing const&, nothing const&) = default;
};

using value_event = ab::one_of<everything, nothing, leaf, bits>;

std::vector<everything> samples() {
  std::vector<everything> all(1);
  {
    auto& e = all.emplace_back();  // the lowest, and empty things inside of others
    e.i8 = INT8_MIN, e.i16 = INT16_MIN, e.i32 = INT32_MIN, e.i64 = INT64_MIN;
    e.f32 = -std::numeric_limits<float>::infinity();
    e.f64 = {-0.0};
    e.maybe = "";
    e.twice.emplace();
    e.leaves.resize(3);
    e.nested.resize(2);
    e.nested[1].resize(2);
    e.index[""];
    e.choice = leaf{};
  }
  {
    auto& e = all.emplace_back();  // the highest, and text that isn't
    e.flag = true;
    e.i8 = INT8_MAX, e.i16 = INT16_MAX, e.i32 = INT32_MAX, e.i64 = INT64_MAX;
    e.u8 = UINT8_MAX, e.u16 = UINT16_MAX, e.u32 = UINT32_MAX, e.u64 = UINT64_MAX;
    e.f32 = std::numeric_limits<float>::denorm_min();
    e.f64 = {std::bit_cast<double>(0x7FF4'0000'DEAD'BEEFU)};  // a signalling NaN with a payload
    e.c = colour::blue;
    e.text = std::string("\0zero\0bytes\0", 12);
    e.maybe = std::string(1, '\0');
    e.twice.emplace(true);
    e.leaves = {{"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x8C\x8A", INT64_MIN}, {"", std::nullopt}, {std::string(3, '\0'), 0}};
    e.nested = {{"a", "", "\xFF\xFE"}, {}, {std::string(300, 'x')}};
    e.index = {{"", {}}, {std::string(1, '\0'), {INT32_MIN, 0, INT32_MAX}}, {"\xF0\x9F\x8C\x8A", {1}}};
    e.triple = {INT16_MIN, 0, INT16_MAX};
    e.pair = {-1, "pair"};
    e.tuple = {true, 0.1, std::string("t\0t", 3)};
    e.choice = INT64_MIN;
    for (int i = 0; i < 256; ++i) e.blob.push_back(static_cast<std::byte>(i));
  }
  {
    auto& e = all.emplace_back();
    e.f64 = {std::bit_cast<double>(0xFFF8'0000'0000'0001U)};  // a quiet one, negative
    e.twice = std::optional<bool>(false);
    e.text = std::string(100'000, '\x80');
    e.c = colour::green;
  }
  std::mt19937_64 random(20'26);
  for (int i = 0; i < 50; ++i) {
    auto& e = all.emplace_back();
    e.u64 = random();
    e.i64 = static_cast<std::int64_t>(random());
    e.f64 = {std::bit_cast<double>(random())};
    e.text.resize(random() % 40);
    for (auto& c : e.text) c = static_cast<char>(random());
    e.leaves.resize(random() % 4);
    for (auto& l : e.leaves)
      l = {std::string(random() % 5, static_cast<char>(random())), std::optional<std::int64_t>(random() % 9)};
    if (random() % 2 == 0) e.choice = leaf{e.text, std::nullopt};
  }
  return all;
}

TEMPLATE_LIST_TEST_CASE("events come back as they went in", "[R5]", storages) {
  TestType fixture;
  auto s = fixture.template open<value_event>();
  auto a = s.stream("values");
  auto const all = samples();
  std::vector<value_event> expected;
  for (auto const& e : all) {
    expected.emplace_back(e);
    expected.emplace_back(nothing{});
    expected.emplace_back(leaf{e.text, e.i64});
    expected.emplace_back(e.f64);
    REQUIRE(a.append(e));  // copied
    REQUIRE(a.append(nothing{}, leaf{e.text, e.i64}, e.f64));
  }
  REQUIRE(a.append_all(expected));
  auto const once = expected;
  expected.insert(expected.end(), once.begin(), once.end());
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    a = s.stream("values");
    auto const events = a.read();
    REQUIRE(events);
    REQUIRE(events->size() == expected.size());
    std::size_t i = 0;
    for (auto const& e : *events) REQUIRE(e.data == expected[i++]);
    for (auto const& e : *a.read_backwards()) REQUIRE(e.data == expected[--i]);
  }
}

TEMPLATE_LIST_TEST_CASE("key-values come back as they went in", "[R5][R10]", storages) {
  TestType fixture;
  auto s = fixture.template open<account_event>();
  auto const all = samples();
  auto t = kv<everything>(s, "everything");
  auto empty = kv<nothing>(s, "nothing");
  auto maybe = kv<std::optional<std::int64_t>>(s, "maybe");
  auto numbers = kv<bits>(s, "numbers");
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(*t.put(std::to_string(i), all[i]) == all[i]);
  REQUIRE(empty.put("k", nothing{}));
  REQUIRE(maybe.put("none", std::nullopt));
  REQUIRE(maybe.put("some", INT64_MAX));
  REQUIRE(numbers.put("nan", all[2].f64));
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    t = kv<everything>(s, "everything");
    empty = kv<nothing>(s, "nothing");
    maybe = kv<std::optional<std::int64_t>>(s, "maybe");
    numbers = kv<bits>(s, "numbers");
    for (std::size_t i = 0; i < all.size(); ++i) CHECK(*t.get(std::to_string(i)) == all[i]);
    CHECK(*empty.get("k") == nothing{});
    // A key that holds an empty value is there; an absent one isn't.
    CHECK(maybe.get("none")->has_value());
    CHECK_FALSE(maybe.get("none")->value().has_value());
    CHECK_FALSE(maybe.get("absent")->has_value());
    CHECK(**maybe.get("some") == INT64_MAX);
    CHECK(*numbers.get("nan") == all[2].f64);
    CHECK(*t.compare_and_swap("2", all[2], all[2]) == all[2]);
  }
}

// Its state is every kind of value too.
struct kept {
  static constexpr ab::definition definition{"kept", 1};
  std::vector<everything> all;
  void apply(everything const& e) { all.push_back(e); }
  void apply(ab::others) {}
};

TEMPLATE_LIST_TEST_CASE("a snapshot comes back as it went in", "[R5][R17]", storages) {
  TestType fixture;
  auto s = fixture.template open<value_event>();
  auto a = s.stream("values");
  auto const all = samples();
  REQUIRE(a.append_all(all));
  REQUIRE(ab::snapshot<kept>(a));
  REQUIRE(a.truncate(a.last()));
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    auto const loaded = ab::load<kept>(s.stream("values"));
    REQUIRE(loaded);
    CHECK(loaded->state.all == all);
  }
}

}  // namespace
}  // namespace spine
