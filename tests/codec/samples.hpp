// Types and values that every codec must bring back exactly. The types have cereal's functions too.
#pragma once

#include "anabranch/codec/fields.hpp"
#include "anabranch/codec/types/deque.hpp"
#include "anabranch/codec/types/map.hpp"
#include "anabranch/codec/types/set.hpp"
#include "anabranch/codec/types/unordered_map.hpp"
#include "anabranch/codec/types/unordered_set.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <compare>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace samples {

template <class T>
T const lowest = std::numeric_limits<T>::lowest();
template <class T>
T const highest = std::numeric_limits<T>::max();

enum class colour : std::uint8_t { red, green, blue = 255 };
enum class offset : std::int64_t { back = -1, far_back = std::numeric_limits<std::int64_t>::min() };
enum flags : std::uint16_t { none = 0, all = 0xFFFF };
enum class truth : bool { no, yes };

struct integers {
  std::int8_t a = 0;
  std::uint8_t b = 0;
  std::int16_t c = 0;
  std::uint16_t d = 0;
  std::int32_t e = 0;
  std::uint32_t f = 0;
  std::int64_t g = 0;
  std::uint64_t h = 0;
  long long i = 0;
  unsigned long long j = 0;
  bool operator==(integers const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(a, b, c, d, e, f, g, h, i, j);
  }
  static std::vector<integers> values() {
    return {{},
            {-1, 255, -1, 65535, -1, 0xFFFFFFFF, -1, highest<std::uint64_t>, -1, highest<unsigned long long>},
            {lowest<std::int8_t>, 1, lowest<std::int16_t>, 1, lowest<std::int32_t>, 1, lowest<std::int64_t>, 1,
             lowest<long long>, 1},
            {highest<std::int8_t>, 2, highest<std::int16_t>, 2, highest<std::int32_t>, 2, highest<std::int64_t>, 2,
             highest<long long>, 2}};
  }
};

struct words {
  bool a = false;
  char b = 0;
  signed char c = 0;
  unsigned char d = 0;
  char16_t e = 0;
  char32_t f = 0;
  colour g{};
  offset h{};
  flags i{};
  truth j{};
  bool operator==(words const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(a, b, c, d, e, f, g, h, i, j);
  }
  static std::vector<words> values() {
    return {{},
            {true, 'x', -128, 255, 0xFFFF, 0x10FFFF, colour::blue, offset::far_back, flags::all, truth::yes},
            {true, '\xFF', 127, 128, u'é', U'é', colour::green, offset::back, flags::none, truth::no}};
  }
};

// Compares as bits, so that a NaN equals itself and -0.0 is not 0.0.
struct reals {
  double a = 0;
  float b = 0;
  bool operator==(reals const& o) const {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(o.a) &&
           std::bit_cast<std::uint32_t>(b) == std::bit_cast<std::uint32_t>(o.b);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(a, b);
  }
  static std::vector<reals> values() {
    using d = std::numeric_limits<double>;
    using f = std::numeric_limits<float>;
    return {{},
            {-0.0, -0.0F},
            {0.1, 0.1F},
            {1.0 / 3.0, 1.0F / 3.0F},
            {d::max(), f::max()},
            {d::lowest(), f::lowest()},
            {d::min(), f::min()},
            {d::denorm_min(), f::denorm_min()},
            {-d::denorm_min(), -f::denorm_min()},
            {d::infinity(), f::infinity()},
            {-d::infinity(), -f::infinity()},
            {d::quiet_NaN(), f::quiet_NaN()},
            {-d::quiet_NaN(), -f::quiet_NaN()},
            {std::bit_cast<double>(0x7FF8000000C0FFEEU), std::bit_cast<float>(0x7FC0BEEFU)},
            {123456789.0, 16777216.0F}};
  }
};

struct texts {
  std::string a{};
  std::vector<std::string> b{};
  bool operator==(texts const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(a, b);
  }
  static std::vector<texts> values() {
    using namespace std::string_literals;
    return {{},
            {"\0"s, {"", "\0\0"s, "a\0b"s, "\0c"s}},
            {"Grüße, 世界 🌊", {"\x01\x1F\x7F", "\"quoted\" \\ / \b\f\n\r\t", "\xFF\xFE no UTF-8 \xC3"}},
            {std::string(100'000, 'x'), {std::string(15, 's'), std::string(16, 'l')}}};
  }
};

struct lists {
  std::vector<std::int64_t> a{};
  std::vector<bool> b{};
  std::vector<std::vector<reals>> c{};
  std::deque<std::string> d{};
  std::array<std::uint16_t, 3> e{};
  std::array<std::string, 2> f{};
  std::array<std::int32_t, 0> g{};
  bool operator==(lists const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(a, b, c, d, e, f);  // cereal's own archive reads a byte of an empty array
  }
  static std::vector<lists> values() {
    return {{},
            {{lowest<std::int64_t>, 0, highest<std::int64_t>},
             {true, false, true, true, false, false, true, true, true},
             {{}, {{0.1, 1}, {-0.0, 2}}, {{}}},
             {"", "x", std::string(40, 'y')},
             {1, 2, 65535},
             {"a", ""},
             {}}};
  }
};

struct options {
  std::optional<std::int32_t> a{};
  std::optional<std::optional<bool>> b{};
  std::optional<std::string> c{};
  std::vector<std::optional<std::string>> d{};
  bool operator==(options const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(a, b, c, d);
  }
  static std::vector<options> values() {
    return {{},
            {0, std::optional<bool>{}, "", {"", std::nullopt, "x"}},
            {-1, std::optional<bool>{false}, "text", {std::nullopt, std::nullopt}},
            {highest<std::int32_t>, std::optional<bool>{true}, std::nullopt, {"only"}}};
  }
};

struct nothing {
  auto operator<=>(nothing const&) const = default;
  template <class Archive>
  void serialize(Archive&) {}
};

struct products {
  std::pair<std::int32_t, std::string> a{};
  std::tuple<std::uint8_t, std::string, std::tuple<bool, std::int64_t>> b{};
  nothing c{};
  std::pair<std::pair<char, char>, nothing> d{};
  bool operator==(products const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(a, b, c, d);
  }
  static std::vector<products> values() {
    return {{}, {{-5, "five"}, {7, "seven", {true, lowest<std::int64_t>}}, {}, {{'a', 'b'}, {}}}};
  }
};

struct maps {
  std::map<std::string, std::int64_t> a{};
  std::map<std::int32_t, std::vector<std::string>, std::greater<>> b{};
  std::set<std::string> c{};
  std::unordered_map<std::string, std::map<char, bool>> d{};
  std::unordered_set<std::int32_t> e{};
  bool operator==(maps const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(a, b, c, d, e);
  }
  static std::vector<maps> values() {
    using namespace std::string_literals;
    return {{},
            {{{"", 0}, {"\0"s, 1}, {"é", -1}, {"a", highest<std::int64_t>}},
             {{-1, {"x", ""}}, {0, {}}, {lowest<std::int32_t>, {"y"}}},
             {"b", "a", "\0z"s},
             {{"one", {{'a', true}, {'\xFF', false}}}, {"two", {}}, {"\0"s, {{'\0', true}}}},
             {0, -1, 1, 256, 65536, lowest<std::int32_t>, highest<std::int32_t>}}};
  }
};

struct tree {
  std::string name{};
  std::vector<tree> children{};
  bool operator==(tree const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(name, children);
  }
  static std::vector<tree> values() {
    tree deep{"leaf", {}};
    for (int i = 0; i < 60; ++i) deep = {"", {deep, {"side", {}}}};
    return {{}, {"root", {{"a", {{"b", {}}}}, {"c", {}}}}, deep};
  }
};

// Has an invariant of its own, private members, and lists them.
class money {
 public:
  static constexpr auto fields() { return ab::fields(&money::cents_, &money::currency_, &money::history_); }

  money() = default;
  money(std::int64_t cents, std::string currency) : cents_(cents), currency_(std::move(currency)) {}
  money& push(std::int64_t n) {
    history_.push_back(n);
    return *this;
  }
  bool operator==(money const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(cents_, currency_, history_);
  }
  static std::vector<money> values() { return {{}, {-1, "EUR"}, money(highest<std::int64_t>, "").push(1).push(-2)}; }

 private:
  std::int64_t cents_ = 0;
  std::string currency_ = "CHF";
  std::vector<std::int64_t> history_ = {1, 2, 3};
};

struct everything {
  integers a{};
  std::vector<products> b{};
  std::optional<tree> c{};
  std::map<std::string, money> d{};
  std::vector<nothing> e{};
  bool operator==(everything const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(a, b, c, d, e);
  }
  static std::vector<everything> values() {
    return {{},
            {integers::values()[2],
             products::values(),
             tree::values()[1],
             {{"x", money::values()[2]}, {"y", {}}},
             std::vector<nothing>(300)}};
  }
};

}  // namespace samples

#define SAMPLES                                                                                        \
  samples::integers, samples::words, samples::reals, samples::texts, samples::lists, samples::options, \
      samples::products, samples::maps, samples::tree, samples::money, samples::everything
