// Names: which there are, and that literals and run-time text agree.
#include "catch.hpp"

#include <anabranch/core/name.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace {

using ab::errc;
using ab::name;

std::string utf8(std::uint32_t c) {
  auto const byte = [](std::uint32_t b) { return static_cast<char>(b); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F))};
  if (c < 0x10000) return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
  return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
}

TEST_CASE("every character but control characters may be in a name", "[core][R29]") {
  std::size_t wrong = 0;
  for (std::uint32_t c = 0; c < 0x110000; ++c) {
    bool const surrogate = c >= 0xD800 && c < 0xE000, control = c < 0x20 || c == 0x7F;
    auto const r = name::parse("x" + utf8(c));
    if (r.has_value() == (surrogate || control)) ++wrong;
    if (r && r->view() != "x" + utf8(c)) ++wrong;
  }
  CHECK(wrong == 0);
}

// Every sequence of one and two bytes, and all of three and four with the ends of each range: what is accepted is what the
// encoder above can make.
TEST_CASE("what no character encodes to is refused", "[core]") {
  std::map<std::string, bool> good;
  for (std::uint32_t c = 0x20; c < 0x110000; ++c) {
    if ((c < 0xD800 || c >= 0xE000) && c != 0x7F && (c < 0x1000 || c % 61 == 0 || c > 0x10FF00)) good[utf8(c)] = true;
  }
  std::size_t wrong = 0;
  for (unsigned a = 0; a < 256; ++a) {
    for (unsigned b = 0; b < 256; ++b) {
      std::string const two{static_cast<char>(a), static_cast<char>(b)};
      bool const one_each = good.contains(two.substr(0, 1)) && good.contains(two.substr(1));
      if (name::parse(two).has_value() != (a != '$' && (one_each || good.contains(two)))) ++wrong;
    }
  }
  CHECK(wrong == 0);
  for (std::string_view const bad :
       {"\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xC0\x80",
        "\xE2\x82", "\xF0\x9F\x8C", "a\xF0\x9F\x8C", "\xFF", "\xFE", "\x80"}) {
    CHECK(name::parse(bad).error() == errc::invalid_name);
  }
}

TEST_CASE("a name has 1 to 512 bytes and doesn't start with a dollar", "[core][R29]") {
  CHECK(name::parse("").error() == errc::invalid_name);
  CHECK(name::parse(std::string(512, 'x')));
  auto const e = name::parse(std::string(513, 'x')).error();
  CHECK(e == errc::invalid_name);
  CHECK(e.expected == 512);
  CHECK(e.actual == 513);
  CHECK(name::parse("$a").error() == errc::reserved_name);
  CHECK(name::parse("$").error() == errc::reserved_name);
  CHECK(name::parse("a$"));
  // The library's own.
  CHECK(name::reserved("a")->view() == "$a");
  CHECK(name::reserved("a")->is_reserved());
  CHECK_FALSE(name::parse("a")->is_reserved());
  CHECK(name::reserved(std::string(1023, 'x'))->view().size() == 1024);  // there is one for each name
  CHECK(name::reserved(std::string(1024, 'x')).error() == errc::invalid_name);
  CHECK(name::reserved("").error() == errc::invalid_name);
  CHECK(name::reserved("a\n").error() == errc::invalid_name);
  CHECK(name::reserved("$a").error() == errc::invalid_name);
}

TEST_CASE("names are values", "[core]") {
  static_assert(!std::is_nothrow_copy_assignable_v<name>);  // nor is what holds one
  name const literal = "account/42";
  auto const parsed = *name::parse(std::string("account/") + "42");
  CHECK(literal == parsed);
  CHECK(literal.view().data() != parsed.view().data());
  auto copy = parsed;
  CHECK(copy == parsed);
  CHECK(copy.view().data() != parsed.view().data());
  auto const copy_of_literal = literal;
  CHECK(copy_of_literal.view().data() == literal.view().data());  // a literal outlives everybody
  auto const* const text = copy.view().data();
  auto moved = std::move(copy);
  CHECK(moved.view().data() == text);
  copy = moved;
  CHECK(copy == moved);
  auto const& itself = moved;
  moved = itself;
  CHECK(moved == parsed);
  moved = name("other");
  CHECK(moved.view() == "other");
  CHECK(name("a") < name("b"));
  CHECK(name("B") < name("a"));
  CHECK(name("a") < name("\xC3\xA4"));
  CHECK(std::string_view(name("a")) == "a");
  static_assert(*name::parse("a") == name("a"));
  static_assert([] {
    auto a = *name::parse("first");
    name b = "second";
    std::swap(a, b);
    return a.view() == "second" && b == name("first");
  }());
}

}  // namespace
