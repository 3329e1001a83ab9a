// Snapshots: a state that is kept, and equal to the full replay with the tail folded in.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace spine {
namespace {

// Three projections that are stored under the name "balance": version 1, version 2, and version 2 with other fields. A
// program has one of them at a time; these stand for the program of yesterday, of today, and of a careless colleague.
namespace first {
struct balance {
  static constexpr ab::definition definition{"balance", 1};
  std::int64_t cents = 0;
  std::int32_t count = 0;
  void apply(deposited const& e) { cents += e.cents, ++count; }
  void apply(withdrawn const& e) { cents -= e.cents, ++count; }
  void apply(noted const&) {}
  friend bool operator==(balance const&, balance const&) = default;
};
}  // namespace first
namespace second {
// As many bytes as the first, but they mean other things: read as one of those, it would look like a state.
struct balance {
  static constexpr ab::definition definition{"balance", 2};
  std::int64_t euros = 0;
  std::int32_t notes = 0;
  static inline int steps = 0;
  void apply(deposited const& e) { euros += e.cents / 100, ++steps; }
  void apply(withdrawn const& e) { euros -= e.cents / 100, ++steps; }
  void apply(noted const&) { ++notes, ++steps; }
  friend bool operator==(balance const&, balance const&) = default;
};
}  // namespace second
namespace reshaped {
struct balance {
  static constexpr ab::definition definition{"balance", 2};
  std::string euros = "0";
  void apply(deposited const& e) { euros = std::to_string(std::stoll(euros) + e.cents / 100); }
  void apply(ab::others) {}
  friend bool operator==(balance const&, balance const&) = default;
};
}  // namespace reshaped

template <class Handle>
void append_some(Handle a, int n) {
  for (int i = 0; i < n; ++i) {
    REQUIRE(a.append(deposited{100 * i}));
    REQUIRE(a.append(withdrawn{50 * i}, noted{"note " + std::to_string(i)}));
  }
}

TEMPLATE_LIST_TEST_CASE("snapshot and tail equal the full replay", "[R17][R12]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  auto const steps_of = [](auto const& f) {
    second::balance::steps = 0;
    REQUIRE(f());
    return second::balance::steps;
  };
  // Without a snapshot, loading is a full fold; it keeps nothing.
  CHECK(ab::load<second::balance>(a)->through == ab::revision{0});
  append_some(a, 3);
  CHECK(steps_of([&] { return ab::load<second::balance>(a); }) == 9);
  CHECK(steps_of([&] { return ab::load<second::balance>(a); }) == 9);

  auto const taken = ab::snapshot<second::balance>(a);
  REQUIRE(taken);
  CHECK(taken->through == ab::revision{9});
  CHECK(taken->state == *fold<second::balance>(a));
  for (int again = 0; again < 3; ++again) {
    fixture.reopen(bank);
    a = bank.stream("a");
    auto const before = a.last().value;
    append_some(a, again);
    auto const full = *project<second::balance>(a);
    CHECK(steps_of([&] { return ab::load<second::balance>(a); }) == a.last().value - (again < 2 ? 9 : before));
    auto const loaded = *ab::load<second::balance>(a);
    CHECK(loaded.state == full.state);
    CHECK(loaded.through == full.through);
    // A later snapshot takes the place of the one before; taking it needs only the tail, too.
    if (again > 0) {
      CHECK(ab::snapshot<second::balance>(a)->state == full.state);
      CHECK(steps_of([&] { return ab::load<second::balance>(a); }) == 0);
    }
  }
}

TEMPLATE_LIST_TEST_CASE("a snapshot is kept under projection, version, shape and stream", "[R17]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a"), b = bank.stream("b");
  append_some(a, 3);
  append_some(b, 5);
  auto const of_a = *ab::snapshot<first::balance>(a);
  auto const of_b = *ab::snapshot<first::balance>(b);
  CHECK_FALSE(of_a.state == of_b.state);

  fixture.reopen(bank);
  a = bank.stream("a");
  b = bank.stream("b");
  CHECK(ab::load<first::balance>(a)->state == of_a.state);
  CHECK(ab::load<first::balance>(b)->state == of_b.state);

  // Another version is not looked at: all is folded anew, and what was kept stays for whoever still reads it.
  second::balance::steps = 0;
  auto const newer = ab::load<second::balance>(a);
  REQUIRE(newer);
  CHECK(second::balance::steps == 9);
  CHECK(newer->state == *fold<second::balance>(a));
  REQUIRE(ab::snapshot<second::balance>(a));
  second::balance::steps = 0;
  CHECK(ab::load<second::balance>(a)->state == newer->state);
  CHECK(second::balance::steps == 0);
  CHECK(ab::load<first::balance>(a)->state == of_a.state);

  // The same version with other fields, which its author forgot to say, isn't half-read either. In memory there is no
  // yesterday: two types of one definition are a mistake of one program, and an error.
  auto const other = ab::load<reshaped::balance>(a);
  if constexpr (TestType::durable) {
    REQUIRE(other);
    CHECK(other->state == *fold<reshaped::balance>(a));
    REQUIRE(ab::snapshot<reshaped::balance>(a));
    fixture.reopen(bank);
    a = bank.stream("a");
    CHECK(ab::load<reshaped::balance>(a)->state == other->state);
    CHECK(ab::load<second::balance>(a)->state == newer->state);
    CHECK(ab::load<first::balance>(a)->state == of_a.state);
  } else {
    CHECK(other.error() == ab::errc::wrong_type);
  }
}

// Two projections that a program calls the same, and that look the same as bytes, but count different things.
namespace ins {
struct total {
  std::int64_t n = 0;
  void apply(deposited const& e) { n += e.cents; }
  void apply(ab::others) {}
};
}  // namespace ins
namespace outs {
struct total {
  std::int64_t n = 0;
  void apply(withdrawn const& e) { n += e.cents; }
  void apply(ab::others) {}
};
}  // namespace outs

TEMPLATE_LIST_TEST_CASE("two projections of one name don't take each other's snapshots", "[R17]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  append_some(a, 3);
  CHECK(ab::snapshot<ins::total>(a)->state.n == 300);
  CHECK(ab::load<outs::total>(a)->state.n == 150);
  CHECK(ab::snapshot<outs::total>(a)->state.n == 150);
  CHECK(ab::load<ins::total>(a)->state.n == 300);
}

// Where both claim one definition, they are told.
struct first_claim : ins::total {
  static constexpr ab::definition definition{"claimed", 1};
};
struct second_claim : outs::total {
  static constexpr ab::definition definition{"claimed", 1};
};

TEST_CASE("two projections of one definition don't take each other's snapshots", "[R17]") {
  ab::store<account_event> bank;
  auto a = bank.stream("a");
  append_some(a, 3);
  REQUIRE(ab::snapshot<first_claim>(a));
  CHECK(ab::load<second_claim>(a).error() == ab::errc::wrong_type);
  CHECK(ab::snapshot<second_claim>(a).error() == ab::errc::wrong_type);
  CHECK(ab::load<first_claim>(a)->state.n == 300);
}

TEMPLATE_LIST_TEST_CASE("a snapshot of another version can't stand in for truncated events", "[R17]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  append_some(a, 3);
  auto const full = *project<first::balance>(a);
  REQUIRE(ab::commit(ab::write_snapshot(a, full), a.write_truncation(full.through)));
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    a = bank.stream("a");
    CHECK(a.size() == 0);
    CHECK(a.last() == ab::revision{9});
    CHECK(ab::load<first::balance>(a)->state == full.state);
    CHECK(ab::load<second::balance>(a).error() == ab::errc::truncated);
  }
  // The tail goes on top of it.
  a = bank.stream("a");
  REQUIRE(a.append(deposited{1}));
  auto const loaded = ab::load<first::balance>(a);
  CHECK(loaded->state.cents == full.state.cents + 1);
  CHECK(loaded->through == ab::revision{10});
}

TEMPLATE_LIST_TEST_CASE("a compaction is one commit: replay afterwards equals the one before", "[R18][R3]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  for (int round = 0; round < 4; ++round) {
    append_some(a, round);
    auto const before = *ab::load<balance>(a);
    // A condition that fails takes the whole compaction back.
    CHECK(!ab::commit(ab::write_snapshot(a, ab::folded<balance>{{-1, "wrong"}, a.last()}), a.write_truncation(a.last()),
                      a.expect(ab::exact(9999))));
    CHECK(ab::load<balance>(a)->state == before.state);
    REQUIRE(ab::commit(a.expect(ab::exact(before.through)), ab::write_snapshot(a, before),
                       a.write_truncation(before.through)));
    fixture.reopen(bank);
    a = bank.stream("a");
    CHECK(a.size() == 0);
    CHECK(a.last() == before.through);
    auto const after = *ab::load<balance>(a);
    CHECK(after.state == before.state);
    CHECK(after.through == before.through);
  }
  CHECK(a.last() == ab::revision{(0 + 1 + 2 + 3) * 3});
}

TEMPLATE_LIST_TEST_CASE("snapshots are out of sight", "[R17][R10]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order>();
  auto a = bank.stream("a");
  append_some(a, 2);
  auto snapshot_table = kv<std::int64_t>(bank, "snapshot");
  REQUIRE(snapshot_table.put("a", 1));
  REQUIRE(ab::snapshot<balance>(a));
  CHECK(a.last() == ab::revision{6});
  CHECK(bank.last() == ab::position{6});
  CHECK(fold<counted>(bank)->n == 6);
  CHECK(snapshot_table.keys()->size() == 1);
}

TEMPLATE_LIST_TEST_CASE("a whole store has snapshots too", "[R17][R31]", storages) {
  TestType fixture;
  auto s = fixture.template open<both_families, ab::global_order>();
  auto a = stream<account_event>(s, "a");
  append_some(a, 2);
  REQUIRE(stream<order_event>(s, "o").append(ordered{1}));
  auto const taken = ab::snapshot<counted>(s);
  REQUIRE(taken);
  CHECK(taken->through == ab::position{7});
  fixture.reopen(s);
  REQUIRE(stream<order_event>(s, "o").append(ordered{2}));
  auto const loaded = ab::load<counted>(s);
  REQUIRE(loaded);
  CHECK(loaded->through == ab::position{8});
  CHECK(loaded->state == *fold<counted>(s));
  // What the snapshot covers may go.
  REQUIRE(stream<account_event>(s, "a").truncate(ab::revision{6}));
  CHECK(ab::load<counted>(s)->state.n == 8);
  REQUIRE(stream<order_event>(s, "o").truncate(ab::revision{2}));
  CHECK(ab::load<counted>(s).error() == ab::errc::truncated);
}

TEMPLATE_LIST_TEST_CASE("a stream of another family has no snapshot", "[R17][R73]", storages) {
  TestType fixture;
  auto s = fixture.template open<both_families>();
  REQUIRE(stream<order_event>(s, "o").append(ordered{1}));
  auto clash = stream<account_event>(s, "o");
  CHECK(ab::load<balance>(clash).error() == ab::errc::wrong_family);
  CHECK(ab::snapshot<balance>(clash).error() == ab::errc::wrong_family);
}

}  // namespace
}  // namespace spine
