// The kit that tests deciders, tested.
#include <anabranch/anabranch.hpp>
#include <anabranch/decider/refuse.hpp>
#include <anabranch/testing/given_when_then.hpp>

#include "catch.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

namespace {

using ab::testing::given;

struct deposited {
  std::int64_t cents;
  friend bool operator==(deposited const&, deposited const&) = default;
};
struct withdrawn {
  std::int64_t cents;
  friend bool operator==(withdrawn const&, withdrawn const&) = default;
};
struct fee_charged {
  std::int64_t cents;
  friend bool operator==(fee_charged const&, fee_charged const&) = default;
};
using account_event = ab::one_of<deposited, withdrawn, fee_charged>;

struct balance {
  std::int64_t cents = 0;
  std::int64_t last = 0;
  constexpr void apply(deposited const& e, auto const& info) { cents += e.cents, last = info.revision.value; }
  constexpr void apply(withdrawn const& e, auto const& info) { cents -= e.cents, last = info.at.nanoseconds; }
  constexpr void apply(fee_charged const& e, auto const& info) { cents -= e.cents, last = info.position.value; }
};

struct deposit {
  std::int64_t cents;
};
struct withdraw {
  std::int64_t cents;
};
struct settle {};
struct count {};

inline constexpr auto overdrawn = ab::refuse("the account would be overdrawn", "withdraw less");

struct teller {
  using state = balance;
  std::int64_t fee = 0;

  constexpr deposited decide(deposit const& c, balance const&) const { return {c.cents}; }
  constexpr ab::result<std::tuple<withdrawn, std::optional<fee_charged>>> decide(withdraw const& c,
                                                                                 balance const& b) const {
    if (c.cents == 0) return ab::error(ab::errc::invalid_argument, "an amount is positive", "");
    if (c.cents + fee > b.cents) return overdrawn.with(c.cents + fee, b.cents);
    return std::tuple(withdrawn{c.cents}, fee > 0 ? std::optional(fee_charged{fee}) : std::nullopt);
  }
  constexpr std::optional<account_event> decide(settle const&, balance const& b) const {
    if (b.cents == 0) return std::nullopt;
    return b.cents > 0 ? account_event(withdrawn{b.cents}) : account_event(deposited{-b.cents});
  }
  constexpr std::array<deposited, 1> decide(count const&, balance const& b) const { return {deposited{b.last}}; }
};

// What holds, holds.
static_assert(given<teller>().when(deposit{5}).then(deposited{5}));
static_assert(given<teller>(deposited{500}).when(withdraw{200}).then(withdrawn{200}));
static_assert(given(teller{.fee = 1}, deposited{500}).when(withdraw{200}).then(withdrawn{200}, fee_charged{1}));
static_assert(given<teller>(deposited{500}).when(withdraw{600}).then_refused());
static_assert(given<teller>(deposited{500}).when(withdraw{600}).then_refused(overdrawn));
static_assert(given<teller>(deposited{500}).when(withdraw{600}).then_refused(ab::errc::refused));
static_assert(given<teller>().when(withdraw{0}).then_refused(ab::errc::invalid_argument));
static_assert(given<teller>(deposited{5}, withdrawn{5}).when(settle{}).then_nothing());
static_assert(given<teller>(deposited{5}).when(settle{}).then(withdrawn{5}));
static_assert(given<teller>(deposited{5}).when(settle{}).then(account_event(withdrawn{5})));
static_assert(given<teller>(std::array{deposited{1}, deposited{2}}, account_event(withdrawn{1}))
                  .when(settle{})
                  .then(withdrawn{2}));
// Steps see where they are.
static_assert(given<teller>(deposited{1}, deposited{1}).when(count{}).then(deposited{2}));
static_assert(given<teller>(deposited{1}, deposited{1}, withdrawn{1}).when(count{}).then(deposited{3}));
static_assert(given<teller>(deposited{1}, fee_charged{1}).when(count{}).then(deposited{2}));

// What doesn't, doesn't: another value, type, number or order of events; events for a refusal, and the other way round.
static_assert(!given<teller>(deposited{500}).when(withdraw{200}).then(withdrawn{201}));
static_assert(!given<teller>(deposited{500}).when(withdraw{200}).then(deposited{200}));
static_assert(!given<teller>(deposited{500}).when(withdraw{200}).then_nothing());
static_assert(!given<teller>(deposited{500}).when(withdraw{200}).then(withdrawn{200}, fee_charged{1}));
static_assert(!given(teller{.fee = 1}, deposited{500}).when(withdraw{200}).then(withdrawn{200}));
static_assert(!given(teller{.fee = 1}, deposited{500}).when(withdraw{200}).then(fee_charged{1}, withdrawn{200}));
static_assert(!given(teller{.fee = 1}, deposited{500}).when(withdraw{200}).then(withdrawn{200}, fee_charged{2}));
static_assert(!given<teller>(deposited{500}).when(withdraw{600}).then(withdrawn{600}));
static_assert(!given<teller>(deposited{500}).when(withdraw{600}).then_nothing());
static_assert(!given<teller>(deposited{500}).when(withdraw{600}).then_refused(ab::errc::invalid_argument));
static_assert(!given<teller>(deposited{500}).when(withdraw{600}).then_refused(ab::refuse("another rule")));
static_assert(!given<teller>(deposited{500}).when(withdraw{200}).then_refused());
static_assert(!given<teller>().when(deposit{5}).then_refused(ab::errc{}));
static_assert(!given<teller>(deposited{5}).when(settle{}).then_nothing());

template <class T>
std::string shown(T const& v) {
  ab::text<500> t;
  ab::testing::show(v, t);
  return std::string(t.view());
}

TEST_CASE("the account says what was expected and what happened", "[testing]") {
  auto const said = [](ab::testing::verdict const& v) {
    std::ostringstream out;
    out << v;
    CHECK(out.str() == v.account());
    return out.str();
  };
  auto const rich = given(teller{.fee = 1}, deposited{500}, withdrawn{100});
  CHECK(said(rich.when(withdraw{200}).then(withdrawn{200}, fee_charged{2})) ==
        "given    deposited{500}, withdrawn{100}\n"
        "when     withdraw{200}\n"
        "expected withdrawn{200}, fee_charged{2}\n"
        "happened withdrawn{200}, fee_charged{1}\n"
        "differs  at event 2");
  CHECK(said(rich.when(withdraw{200}).then(withdrawn{200})).ends_with("differs  at event 2"));
  CHECK(said(rich.when(withdraw{900}).then_nothing()) ==
        "given    deposited{500}, withdrawn{100}\n"
        "when     withdraw{900}\n"
        "expected nothing\n"
        "happened refused: the account would be overdrawn (expected 901, actual 400); withdraw less");
  CHECK(said(given<teller>().when(deposit{5}).then_refused(overdrawn)) ==
        "given    nothing\n"
        "when     deposit{5}\n"
        "expected refused: the account would be overdrawn; withdraw less\n"
        "happened deposited{5}");
  CHECK(said(given<teller>().when(settle{}).then_refused()) ==
        "given    nothing\n"
        "when     settle{}\n"
        "expected to be refused\n"
        "happened nothing");
  // Also where it was met.
  CHECK(said(given<teller>().when(deposit{5}).then(deposited{5}))
            .ends_with("expected deposited{5}\nhappened deposited{5}"));
  // A framework shows it.
  CHECK(Catch::Detail::stringify(given<teller>().when(settle{}).then_refused()).starts_with("given    nothing"));
  // However long: what doesn't fit is cut.
  std::vector<deposited> const many(1000, deposited{1});
  CHECK(said(given<teller>(many).when(settle{}).then(withdrawn{1000})).ends_with("..."));
  CHECK(given<teller>(many).when(settle{}).then(withdrawn{1000}));
}

class hidden {
 public:
  hidden() = default;
  explicit hidden(int n) : n_(n) {}
  static constexpr auto fields() { return ab::fields(&hidden::n_); }

 private:
  int n_ = 0;
};
struct opaque {
  explicit opaque(int i) : n(i) {}
  int n;
};
enum class colour : std::uint8_t { red = 1 };
struct part {
  std::string text;
  std::vector<int> numbers;
  std::optional<bool> flag;
  colour c = colour::red;
};
struct whole {
  part p;
  std::tuple<std::uint64_t, std::int8_t> t;
  double d = 0;
};
struct nine {
  int a, b, c, d, e, f, g, h, i;
};
struct eight {
  int a, b, c, d, e, f, g, h;
};
struct array_inside {
  int n[2];
};
template <class T>
struct of_type {
  T v;
};

TEST_CASE("values are shown by their fields", "[testing]") {
  CHECK(shown(whole{{"a \"text\"", {1, -2}, true, {}}, {UINT64_MAX, std::int8_t{-128}}, 0.5}) ==
        R"(whole{part{"a "text"", [1, -2], true, 0}, (18446744073709551615, -128), 0.5})");
  CHECK(shown(part{}) == R"(part{"", [], none, 1})");
  CHECK(shown(hidden(7)) == "hidden{7}");
  CHECK(shown(opaque(7)) == "opaque{…}");
  CHECK(shown(eight{1, 2, 3, 4, 5, 6, 7, 8}) == "eight{1, 2, 3, 4, 5, 6, 7, 8}");
  CHECK(shown(nine{}) == "nine{…}");
  CHECK(shown(array_inside{}) == "array_inside{…}");
  CHECK(shown(of_type<int>{3}) == "{3}");
  CHECK(shown(std::map<int, std::string>{{1, "one"}}) == R"([(1, "one")])");
  CHECK(shown(INT64_MIN) == "-9223372036854775808");
  CHECK(shown(account_event(withdrawn{1})) == "withdrawn{1}");
}

}  // namespace
