// Starting from snapshots, and leaving them.
#include "decider/bank.hpp"

namespace deciding {
namespace {

using ab::errc;

// How many events are read before a decision, when it starts from the snapshot.
template <class Stream>
int read_from_snapshot(Stream const& s) {
  ledger::steps = 0;
  REQUIRE(ab::load<ledger>(s));
  return ledger::steps;
}

TEMPLATE_LIST_TEST_CASE("a snapshot is kept in the commit that is due", "[decider][R17]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order, ab::manual_clock>();
  auto const every = GENERATE(1, 2, 5, 7);
  for (int i = 1; i <= 23; ++i) {
    auto a = bank.stream("a");
    auto const r = ab::handle(a, teller{}, deposit{i}, ab::snapshot_every(every));
    REQUIRE(r);
    CHECK(r->state.state == spine::project<ledger>(a)->state);
    CHECK(read_from_snapshot(a) == i % every);
    if (i % 6 == 0) fixture.reopen(bank);
  }
  auto a = bank.stream("a");
  auto const loaded = ab::load<ledger>(a), folded = spine::project<ledger>(a);
  CHECK(loaded->through == folded->through);
  CHECK(loaded->state == folded->state);
  ledger::steps = 0;
  REQUIRE(ab::handle(a, teller{}, withdraw{1}, ab::from_snapshot));
  CHECK(ledger::steps == 23 % every + 1);
  CHECK(read_from_snapshot(a) == 23 % every + 1);  // which left none
}

TEMPLATE_LIST_TEST_CASE("a snapshot covers the whole commit, however many events it has", "[decider][R17]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  REQUIRE(ab::handle(a, teller{}, deposit{1}, ab::snapshot_every(2)));
  CHECK(read_from_snapshot(a) == 1);
  REQUIRE(ab::handle(a, teller{}, settle{}, ab::snapshot_every(2)));  // events 2 and 3
  CHECK(read_from_snapshot(a) == 0);
  // Nor does it need our own event: what others appended counts.
  REQUIRE(a.append(deposited{1}, deposited{1}));
  CHECK(read_from_snapshot(a) == 2);
  REQUIRE(ab::handle(a, teller{}, deposit{1}, ab::snapshot_every(2)));
  CHECK(read_from_snapshot(a) == 0);
  // Fewer than one is one.
  REQUIRE(ab::handle(a, teller{}, deposit{1}, ab::snapshot_every(0)));
  CHECK(read_from_snapshot(a) == 0);
}

TEMPLATE_LIST_TEST_CASE("what isn't committed leaves no snapshot", "[decider][R17][R9]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  auto marks = spine::kv<bool>(bank, "marks");
  REQUIRE(marks.put("taken", true));
  REQUIRE(ab::handle(a, teller{}, deposit{1}));
  auto const refused = ab::handle(a, teller{}, deposit{1}, ab::snapshot_every(1),
                                  ab::also([&] { return marks.write_new("taken", true); }));
  CHECK(refused.error() == errc::key_exists);
  CHECK(read_from_snapshot(a) == 1);
  // And a conflict doesn't, but the attempt that goes through does, of what it wrote.
  REQUIRE(ab::handle(a, teller{}, deposit{1}, ab::snapshot_every(1), meanwhile(a, deposited{1})));
  CHECK(read_from_snapshot(a) == 0);
  CHECK(ab::load<ledger>(a)->state == spine::project<ledger>(a)->state);
}

TEMPLATE_LIST_TEST_CASE("a compacted stream is decided on from its snapshot", "[decider][R17][R24]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  REQUIRE(a.append(deposited{10}, deposited{20}));
  auto const compact = [&] {
    auto state = ab::load<ledger>(a);
    REQUIRE(state);
    REQUIRE(ab::commit(ab::write_snapshot(a, *state), a.write_truncation(state->through)));
  };
  SECTION("before") {
    compact();
    CHECK(ab::handle(a, teller{}, withdraw{30}).error() == errc::truncated);
    REQUIRE(ab::handle(a, teller{}, withdraw{30}, ab::from_snapshot));
  }
  SECTION("between the decision and its commit, so that not even the tail is there") {
    int calls = 0;
    auto const faster = ab::also([&] {
      if (++calls == 1) {
        REQUIRE(a.append(deposited{1}));
        compact();
      }
      return std::tuple<>();
    });
    SECTION("and no snapshot is looked at") {
      CHECK(ab::handle(a, teller{}, withdraw{30}, faster).error() == errc::truncated);
      CHECK(a.last() == ab::revision{3});
    }
    SECTION("and one is") {
      auto const r = ab::handle(a, teller{}, withdraw{30}, faster, ab::from_snapshot);
      REQUIRE(r);
      CHECK(r->attempts == 2);
      CHECK(r->state->cents == 1);
    }
    SECTION("and one is, for a state that is kept") {
      auto const kept = *ab::load<ledger>(a);
      auto const give = [](ledger const&) { return deposited{1}; };
      CHECK(ab::retry_append(a, kept, give, ab::snapshot_every(100), faster)->state->cents == 32);
    }
  }
}

}  // namespace
}  // namespace deciding
