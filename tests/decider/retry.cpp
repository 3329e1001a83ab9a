// Conflicts: decide again on what is new, and only as often as asked for.
#include "decider/bank.hpp"

namespace deciding {
namespace {

using ab::errc;

TEMPLATE_LIST_TEST_CASE("after a conflict only the tail is read, and decided again", "[decider][R24][R12]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  REQUIRE(a.append_all(std::vector<deposited>(1000, deposited{1})));
  auto const others = GENERATE(1, 2, 5);
  ledger::steps = teller::decisions = 0;
  auto const r = ab::handle(a, teller{}, withdraw{1000}, meanwhile(a, deposited{7}, others));
  REQUIRE(r);
  CHECK(r->attempts == others + 1);
  CHECK(teller::decisions == others + 1);
  CHECK(ledger::steps == 1000 + others + 1);
  CHECK(r->receipt.revision() == ab::revision{1000 + others + 1});
  CHECK(r->state->cents == 7 * others);
  CHECK(r->state.state == spine::project<ledger>(a)->state);
}

TEMPLATE_LIST_TEST_CASE("what was right before may be refused afterwards", "[decider][R24]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  REQUIRE(a.append(deposited{100}));
  auto const r = ab::handle(a, teller{}, withdraw{60}, meanwhile(a, withdrawn{60}));
  REQUIRE(!r);
  CHECK(r.error() == errc::refused);
  CHECK(r.error().actual == 40);
  CHECK(spine::fold<spine::balance>(a)->cents == 40);
}

TEMPLATE_LIST_TEST_CASE("attempts are bounded, and the last conflict is the error", "[decider][R24]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  std::vector<int> waits;
  auto const wait = [&](int failures) { waits.push_back(failures); };
  auto const attempts = GENERATE(-1, 0, 1, 2, 5);
  auto const tried = attempts < 1 ? 1 : attempts;
  teller::decisions = 0;
  auto const r = ab::handle(a, teller{}, deposit{1}, meanwhile(a, noted{"faster"}, 100), ab::retry(attempts, wait));
  REQUIRE(!r);
  CHECK(r.error() == errc::wrong_revision);
  CHECK(r.error().compares);
  CHECK(r.error().expected == tried - 1);
  CHECK(r.error().actual == tried);
  CHECK(r.error().where == "a");
  CHECK(teller::decisions == tried);
  CHECK(static_cast<int>(waits.size()) == tried - 1);  // not after the last
  for (std::size_t i = 0; i < waits.size(); ++i) CHECK(waits[i] == static_cast<int>(i) + 1);
  CHECK(a.last() == ab::revision{tried});
  CHECK(spine::fold<spine::balance>(a)->cents == 0);
  // Eight where nothing is said.
  CHECK_FALSE(ab::handle(a, teller{}, deposit{1}, meanwhile(a, noted{"faster"}, 100)));
  CHECK(a.last() == ab::revision{tried + 8});
}

TEMPLATE_LIST_TEST_CASE("a conflict of another operation is decided again, too", "[decider][R24][R9]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a"), b = bank.stream("b");
  auto limits = spine::kv<std::int64_t>(bank, "limits");
  SECTION("a revision of another stream") {
    int calls = 0;
    auto const r = ab::handle(a, teller{}, deposit{1}, ab::also([&] {
                                auto const seen = b.last();
                                if (++calls < 3) REQUIRE(b.append(noted{"faster"}));
                                return std::tuple(b.expect(ab::exact(seen)), b.write(deposited{1}));
                              }));
    REQUIRE(r);
    CHECK(r->attempts == 3);
    CHECK(a.last() == ab::revision{1});
    CHECK(b.last() == ab::revision{3});
  }
  SECTION("a value") {
    int calls = 0;
    auto const r = ab::handle(a, teller{}, deposit{1}, ab::also([&] {
                                auto const seen = *limits.get("most");
                                if (++calls < 3) REQUIRE(limits.put("most", calls));
                                return limits.expect("most", seen);
                              }));
    REQUIRE(r);
    CHECK(r->attempts == 3);
    CHECK(a.last() == ab::revision{1});
  }
}

TEMPLATE_LIST_TEST_CASE("a state that is kept is caught up before it is decided on", "[decider][R24][R12]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  REQUIRE(a.append_all(std::vector<deposited>(100, deposited{1})));
  auto kept = *spine::project<ledger>(a);
  auto const spend = [](ledger const& l) -> ab::result<withdrawn> {
    if (l.cents < 100) return overdrawn.with(100, l.cents);
    return withdrawn{100};
  };
  ledger::steps = 0;
  auto const r = ab::retry_append(a, kept, spend);
  REQUIRE(r);
  CHECK(ledger::steps == 1);
  CHECK(r->attempts == 1);
  // A refusal is never one of a state that is old: this one was at 0 before.
  kept = r->state;
  REQUIRE(a.append(deposited{100}));
  auto const second = ab::retry_append(a, kept, spend, ab::retry(1));
  REQUIRE(second);
  CHECK(second->attempts == 1);
  CHECK(ledger::steps == 3);
  CHECK(ab::retry_append(a, kept, spend).error() == errc::refused);
  // A state of what never was.
  CHECK(ab::retry_append(a, ab::folded<ledger>{{}, ab::revision{1000}}, spend).error() == errc::out_of_range);
}

TEST_CASE("waits grow, are bounded, and differ", "[decider][R24]") {
  std::vector<std::int64_t> slept;
  auto const sleep = [&](std::int64_t ns) { slept.push_back(ns); };
  SECTION("the bound doubles") {
    ab::exponential_backoff const wait(sleep, 100, 1000);
    std::vector<std::int64_t> bounds;
    for (int i = 1; i < 8; ++i) bounds.push_back(wait.bound_after(i));
    CHECK(bounds == std::vector<std::int64_t>{100, 200, 400, 800, 1000, 1000, 1000});
    ab::exponential_backoff const vast(sleep, 1, INT64_MAX);
    CHECK(vast.bound_after(63) == std::int64_t{1} << 62U);
    CHECK(vast.bound_after(64) == INT64_MAX);
    CHECK(vast.bound_after(1'000'000) == INT64_MAX);
    CHECK(ab::exponential_backoff(sleep, 10, 5).bound_after(1) == 5);
  }
  SECTION("a wait is anywhere below its bound") {
    ab::exponential_backoff wait(sleep, 1000, 1000, 42);
    for (int i = 0; i < 1000; ++i) wait(1);
    std::int64_t least = INT64_MAX, most = 0, sum = 0;
    for (auto const ns : slept) {
      least = ns < least ? ns : least;
      most = ns > most ? ns : most;
      sum += ns;
    }
    CHECK(least >= 0);
    CHECK(least < 50);
    CHECK(most <= 1000);
    CHECK(most > 950);
    CHECK(sum > 450'000);
    CHECK(sum < 550'000);
  }
  SECTION("the same seed waits the same, and without one everybody waits otherwise") {
    auto const waits = [&](std::uint64_t seed) {
      slept.clear();
      ab::exponential_backoff one(sleep, 1'000'000, 1'000'000, seed), other(sleep, 1'000'000, 1'000'000, seed);
      for (int i = 0; i < 4; ++i) one(1);
      for (int i = 0; i < 4; ++i) other(1);
      return std::equal(slept.begin(), slept.begin() + 4, slept.begin() + 4);
    };
    CHECK(waits(7));
    CHECK_FALSE(waits(0));
  }
  SECTION("nothing to wait for") {
    ab::exponential_backoff wait(sleep, 0, 0);
    wait(1);
    CHECK(slept == std::vector<std::int64_t>{0});
  }
}

}  // namespace
}  // namespace deciding
