// Texts in place: what fits, and how the rest is cut.
#include "catch.hpp"

#include <anabranch/core/error.hpp>
#include <anabranch/core/name.hpp>
#include <anabranch/core/text.hpp>

#include <cstdint>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>

namespace {

using ab::text;

bool is_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    auto const n = ab::detail::utf8_sequence(s, i);
    if (n == 0) return false;
    i += n;
  }
  return true;
}

TEST_CASE("a text holds what fits", "[core]") {
  CHECK(text<8>().empty());
  CHECK(text<8>("12345678") == "12345678");
  CHECK(text<8>("12345678").c_str() == std::string("12345678"));
  CHECK(text<8>("123").append("45").append("678") == text<8>("12345678"));
  CHECK(text<8>(std::string_view("a\0b", 3)).view().size() == 3);
  CHECK_FALSE(text<8>("a") == "b");
  CHECK(text<8>("a") == std::string_view("a"));
  CHECK(text<8>("a") == std::string("a"));
  static_assert(text<20>("n = ").append(std::int64_t{-42}) == "n = -42");
}

TEST_CASE("numbers are written as std::to_string writes them", "[core]") {
  for (std::int64_t n :
       {INT64_MIN, INT64_MIN + 1, std::int64_t{-1}, std::int64_t{0}, std::int64_t{9}, std::int64_t{10}, INT64_MAX}) {
    CHECK(text<40>().append(n) == std::to_string(n));
  }
}

// Law: a cut text is the longest part of the whole that leaves room for the dots and splits no character.
TEST_CASE("what doesn't fit is cut between characters", "[core]") {
  std::mt19937 random(1);
  char const* const pieces[] = {"a", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x8C\x8A", "zz"};
  for (int i = 0; i < 2000; ++i) {
    std::string whole;
    text<16> t;
    for (auto n = random() % 14; n > 0; --n) {
      std::string_view const piece = pieces[random() % 5];
      whole += piece;
      t.append(piece);
    }
    INFO(whole);
    if (whole.size() <= 16) {
      CHECK(t == whole);
      continue;
    }
    CHECK(t.view().size() <= 16);
    CHECK(t.view().ends_with("..."));
    auto const kept = t.view().substr(0, t.view().size() - 3);
    CHECK(whole.starts_with(kept));
    CHECK(is_utf8(kept));
    CHECK(kept.size() + 3 + 4 > 16);
    CHECK(std::string(t.c_str()) == t.view());
    CHECK(t == text<16>(whole));
  }
  // Bytes that are no characters are cut somewhere.
  CHECK(text<8>(std::string(100, '\x80')).view().ends_with("..."));
}

TEST_CASE("an error says where, what, the two numbers, and what to do", "[core][R73]") {
  constexpr ab::error e(ab::errc::wrong_revision, "it is elsewhere", "look again", "account/42");
  static_assert(e == ab::errc::wrong_revision && e != ab::errc::io);
  static_assert(std::is_trivially_copyable_v<ab::error>);
  CHECK(e.message() == "account/42: it is elsewhere; look again");
  CHECK(e.with(1, -2).message() == "account/42: it is elsewhere (expected 1, actual -2); look again");
  CHECK(e.at("b").message() == "b: it is elsewhere; look again");
  CHECK_FALSE(e.compares);
  CHECK(e.with(1, 2).compares);
  CHECK(ab::error(ab::errc::io, "it broke", "").message() == "it broke");
  std::ostringstream out;
  out << e;
  CHECK(out.str() == e.message().view());
  // A place that is too long is cut; the message still fits.
  auto const far = e.at(std::string_view(std::string(1'000'000, 'x'))).message();
  CHECK(far.view().ends_with("; look again"));
}

}  // namespace
