// Projections: a fold, the place it goes through, and its resumption.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace spine {
namespace {

// Twelve events of all kinds.
template <class Bank>
auto twelve_events(Bank& bank) {
  auto a = bank.stream("a");
  for (std::int64_t i = 1; i <= 12; ++i) {
    if (i % 3 == 0)
      REQUIRE(a.append(noted{"note " + std::to_string(i)}));
    else if (i % 3 == 1)
      REQUIRE(a.append(deposited{i}));
    else
      REQUIRE(a.append(withdrawn{i}));
  }
  return a;
}

TEMPLATE_LIST_TEST_CASE("an empty stream gives the seed and revision 0", "[R12]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order>();
  auto a = bank.stream("a");
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    a = bank.stream("a");
    auto const p = project<balance>(a);
    REQUIRE(p);
    CHECK(p->through == ab::revision{0});
    CHECK(p->state == balance{});
    CHECK(a.resume(*p)->through == ab::revision{0});
    CHECK(*fold<balance>(a) == balance{});
    // A seed of one's own stays what it is.
    auto const seeded = a.resume(ab::folded<balance>{{100, "seed"}, ab::revision{0}});
    CHECK(seeded->state == balance{100, "seed"});
    CHECK(project<balance>(bank)->through == ab::position{0});
  }
}

TEMPLATE_LIST_TEST_CASE("a projection knows how far it goes, and a resume folds only the tail", "[R12]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = twelve_events(bank);
  auto const whole = *project<journal>(a);
  CHECK(whole.through == ab::revision{12});
  CHECK(whole.state == *fold<journal>(a));
  CHECK(whole->lines.size() == 12);

  // From anywhere: what was folded up to there, and the tail, is the whole. A state that claims more than it folded shows
  // that only the tail is taken.
  for (std::int64_t through = 0; through <= 12; ++through) {
    ab::folded<journal> const part{*fold<journal>(a, ab::through(through)), ab::revision{through}};
    CHECK(part->lines.size() == static_cast<std::size_t>(through));
    auto const resumed = a.resume(part);
    REQUIRE(resumed);
    CHECK(resumed->state == whole.state);
    CHECK(resumed->through == whole.through);
    CHECK(a.resume(ab::folded<counted>{{}, ab::revision{through}})->state.n == 12 - through);
  }
  // A full fold is a resume from nothing.
  CHECK(a.resume(ab::folded<journal>{})->state == whole.state);
  // Resuming what is up to date changes nothing.
  CHECK(a.resume(whole)->state == whole.state);

  fixture.reopen(bank);
  a = bank.stream("a");
  CHECK(*fold<journal>(a) == whole.state);
  CHECK(a.resume(whole)->through == ab::revision{12});
  REQUIRE(a.append(noted{"thirteen"}));
  auto const later = a.resume(whole);
  CHECK(later->through == ab::revision{13});
  CHECK(later->state.lines.size() == 13);
  CHECK(later->state == *fold<journal>(a));
}

TEMPLATE_LIST_TEST_CASE("a resume whose events are gone says so", "[R12][R4]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = twelve_events(bank);
  auto const whole = *project<balance>(a);
  auto const early = ab::folded<balance>{*fold<balance>(a, ab::through(3)), ab::revision{3}};
  auto const kept = ab::folded<balance>{*fold<balance>(a, ab::through(5)), ab::revision{5}};
  REQUIRE(a.truncate(ab::revision{5}));
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    a = bank.stream("a");
    auto const gone = a.resume(early);
    REQUIRE(!gone);
    CHECK(gone.error() == ab::errc::truncated);
    CHECK(gone.error().expected == 4);
    CHECK(gone.error().actual == 6);
    CHECK(project<balance>(a).error() == ab::errc::truncated);
    CHECK(fold<balance>(a).error() == ab::errc::truncated);
    // What needs nothing of it goes on, and so does one that takes whatever is stored.
    CHECK(a.resume(kept)->state == whole.state);
    CHECK(a.resume(whole)->state == whole.state);
    CHECK(fold<counted>(a, ab::stored)->n == 7);
    CHECK(fold<counted>(a, ab::from(6))->n == 7);
  }
  // Also where all events are gone: what was up to date still is.
  a = bank.stream("a");
  REQUIRE(a.truncate(ab::revision{12}));
  CHECK(a.resume(whole)->through == ab::revision{12});
  CHECK(a.resume(kept).error() == ab::errc::truncated);
  CHECK(project<balance>(a).error() == ab::errc::truncated);
}

TEMPLATE_LIST_TEST_CASE("a state from another stream's future is refused", "[R12][R73]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order>();
  auto a = twelve_events(bank);
  auto const r = a.resume(ab::folded<balance>{{}, ab::revision{13}});
  REQUIRE(!r);
  CHECK(r.error() == ab::errc::out_of_range);
  CHECK(r.error().expected == 13);
  CHECK(r.error().actual == 12);
  CHECK(r.error().where == "a");
  CHECK(a.resume(ab::folded<balance>{{}, ab::revision{INT64_MAX}}).error() == ab::errc::out_of_range);
  CHECK(bank.resume(ab::folded<balance, ab::position>{{}, ab::position{13}}).error() == ab::errc::out_of_range);
  CHECK(bank.resume(ab::folded<balance, ab::position>{{}, ab::position{INT64_MAX}}).error() == ab::errc::out_of_range);
}

// One pass for several, each as if it were alone.
TEMPLATE_LIST_TEST_CASE("several projections fold in one pass", "[R12]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order>();
  auto a = twelve_events(bank);
  auto const all = fold<balance, journal, counted>(a);
  REQUIRE(all);
  auto const& [b, j, c] = *all;
  CHECK(b == *fold<balance>(a));
  CHECK(j == *fold<journal>(a));
  CHECK(c == *fold<counted>(a));
  auto const stored = fold<counted, balance>(bank);
  CHECK(std::get<0>(*stored).n == 12);
  CHECK(std::get<1>(*stored) == b);
}

// A state that only moves, and that takes some events with and some without their place.
struct moves_only {
  std::unique_ptr<std::int64_t> sum = std::make_unique<std::int64_t>(0);
  std::int64_t revisions = 0;
  int others = 0;
  void apply(deposited const& e) { *sum += e.cents; }
  void apply(withdrawn const&, auto const& info) { revisions += info.revision.value; }
  void apply(ab::others) { ++others; }
};

TEMPLATE_LIST_TEST_CASE("a projection takes what it names, with its place where it asks for it", "[R12][R16]",
                        storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = twelve_events(bank);
  auto p = project<moves_only>(a);
  REQUIRE(p);
  CHECK(*p->state.sum == 1 + 4 + 7 + 10);
  CHECK(p->state.revisions == 2 + 5 + 8 + 11);
  CHECK(p->state.others == 4);
  REQUIRE(a.append(deposited{8}));
  auto const q = a.resume(*std::move(p));
  CHECK(*q->state.sum == 30);
  CHECK(q->through == ab::revision{13});
}

TEMPLATE_LIST_TEST_CASE("a projection that throws leaves the store as it was", "[R12]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order>();
  auto a = twelve_events(bank);
  struct fails {
    int seen = 0;
    void apply(noted const&) {
      if (++seen == 3) throw std::runtime_error("no");
    }
    void apply(ab::others) {}
  };
  for (int again = 0; again < 2; ++again) {
    auto const before = *fold<journal>(a);
    CHECK_THROWS_AS(fold<fails>(a), std::runtime_error);
    CHECK_THROWS_AS(project<fails>(a), std::runtime_error);
    CHECK_THROWS_AS(fold<fails>(bank), std::runtime_error);
    CHECK_THROWS_AS(project<fails>(bank), std::runtime_error);
    CHECK(*fold<journal>(a) == before);
    CHECK(*fold<journal>(bank) == before);
    fixture.reopen(bank);
    a = bank.stream("a");
    CHECK(*fold<journal>(a) == before);
    CHECK_THROWS_AS(fold<fails>(a), std::runtime_error);
    // What a fold forbids, its end by an exception allows again.
    CHECK(a.append(deposited{1}));
    CHECK(a.append(deposited{1}, deposited{2}));
    CHECK(fold<counted>(a)->n == 15 + 3 * again);
    CHECK_THROWS_AS(fold<fails>(bank), std::runtime_error);
    CHECK(a.truncate(ab::revision{0}));
  }
  CHECK_THROWS_AS(fold<fails>(bank), std::runtime_error);
  CHECK(a.truncate(ab::revision{1}));
}

TEMPLATE_LIST_TEST_CASE("an inline projection commits with its event", "[R16]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  auto balances = kv<std::int64_t>(bank, "balances");
  auto const deposit = [&](std::int64_t cents) {
    auto const now = *balances.get("a");
    return ab::commit(balances.expect("a", now), a.write(deposited{cents}),
                      balances.write("a", now.value_or(0) + cents));
  };
  REQUIRE(deposit(5));
  REQUIRE(deposit(7));
  CHECK(ab::commit(balances.expect("a", 5), a.write(deposited{1}), balances.write("a", 6)).error() ==
        ab::errc::value_mismatch);
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    a = bank.stream("a");
    balances = kv<std::int64_t>(bank, "balances");
    CHECK(*balances.get("a") == fold<balance>(a)->cents);
    CHECK(a.last() == ab::revision{2});
  }
}

}  // namespace
}  // namespace spine
