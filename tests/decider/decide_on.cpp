// One command that decides on two streams: both change, or neither.
#include "decider/bank.hpp"

namespace deciding {
namespace {

using ab::errc;

template <class Stream, class... Options>
auto transfer(Stream from, Stream to, std::int64_t cents, Options... options) {
  return ab::handle(from, teller{}, withdraw{cents},
                    ab::also([=] { return ab::decide_on(to, teller{}, deposit{cents}); }), options...);
}

TEMPLATE_LIST_TEST_CASE("a command that decides on two streams", "[decider][R9][R24]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a"), b = bank.stream("b");
  REQUIRE(a.append(deposited{500}));
  auto const have = [&](std::int64_t in_a, std::int64_t in_b) {
    CHECK(spine::fold<spine::balance>(a)->cents == in_a);
    CHECK(spine::fold<spine::balance>(b)->cents == in_b);
  };
  SECTION("both change") {
    auto const r = transfer(a, b, 200);
    REQUIRE(r);
    CHECK(r->state->cents == 300);
    have(300, 200);
    fixture.reopen(bank);
    a = bank.stream("a"), b = bank.stream("b");
    have(300, 200);
  }
  SECTION("what one refuses, neither does") {
    CHECK(transfer(a, b, 600).error() == errc::refused);
    have(500, 0);
    auto const r =
        ab::handle(a, teller{}, deposit{1}, ab::also([&] { return ab::decide_on(b, teller{}, withdraw{1}); }));
    REQUIRE(!r);
    CHECK(r.error() == errc::refused);
    CHECK(r.error().where == "b");
    have(500, 0);
  }
  SECTION("somebody who is faster on either stream is seen") {
    auto const other = GENERATE(0, 1);
    int calls = 0;
    auto const r = ab::handle(a, teller{}, withdraw{500}, ab::also([&] {
                                auto operations = ab::decide_on(b, teller{}, settle{});
                                if (++calls == 1) REQUIRE((other == 0 ? a : b).append(deposited{7}));
                                return operations;
                              }));
    REQUIRE(r);
    CHECK(r->attempts == 2);
    have(other == 0 ? 7 : 0, 0);
    CHECK(b.last() == ab::revision{other == 0 ? 0 : 3});
  }
  SECTION("the other one from its snapshot") {
    REQUIRE(b.append(deposited{1}));
    REQUIRE(ab::snapshot<ledger>(b));
    REQUIRE(b.truncate(b.last()));
    auto const pay = [&](auto... from) {
      return ab::handle(a, teller{}, deposit{1},
                        ab::also([&] { return ab::decide_on(b, teller{}, withdraw{1}, from...); }));
    };
    CHECK(pay().error() == errc::truncated);
    CHECK(pay(ab::from_snapshot));
    CHECK(pay(ab::from_snapshot).error() == errc::refused);
  }
  SECTION("with a snapshot of the one") {
    REQUIRE(transfer(a, b, 1, ab::snapshot_every(1)));
    ledger::steps = 0;
    CHECK(ab::load<ledger>(a)->state == spine::project<ledger>(a)->state);
    CHECK(ledger::steps == 2);
  }
  SECTION("a stream with itself") {
    REQUIRE(transfer(a, a, 200));
    CHECK(a.last() == ab::revision{3});
    have(500, 0);
  }
  SECTION("by hand") {
    auto one = ab::decide_on(a, teller{}, withdraw{200});
    auto two = ab::decide_on(b, teller{}, deposit{200});
    REQUIRE(one);
    REQUIRE(two);
    auto const both = std::tuple_cat(*std::move(one), *std::move(two));
    REQUIRE(std::apply([](auto... ops) { return ab::commit(std::move(ops)...); }, both));
    have(300, 200);
    CHECK(std::apply([](auto... ops) { return ab::commit(std::move(ops)...); }, both).error() == errc::wrong_revision);
  }
}

}  // namespace
}  // namespace deciding
