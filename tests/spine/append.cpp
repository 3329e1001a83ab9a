// Appending: revisions, expectations, batches.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <optional>
#include <vector>

namespace spine {
namespace {

TEMPLATE_LIST_TEST_CASE("an append gives the next revision of its stream", "[R2]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("account/1"), b = bank.stream("account/2");
  CHECK(a.last() == ab::revision{0});
  CHECK(a.size() == 0);

  auto const first = a.append(deposited{10});
  REQUIRE(first);
  CHECK(first->revision() == ab::revision{1});
  auto const second = a.append(withdrawn{4});
  REQUIRE(second);
  CHECK(second->revision() == ab::revision{2});

  SECTION("streams are isolated") {
    CHECK(b.last() == ab::revision{0});
    CHECK(b.append(noted{"b's first"})->revision() == ab::revision{1});
    CHECK(a.last() == ab::revision{2});
    CHECK(fold<balance>(a)->cents == 6);
    CHECK(fold<balance>(b)->cents == 0);
  }
  SECTION("what it gave out finds the stored event") {
    auto const stored = a.read(ab::from(second->revision()));
    REQUIRE(stored);
    REQUIRE(stored->size() == 1);
    CHECK(stored->front().revision == second->revision());
    CHECK(stored->front().stream == "account/1");
    CHECK(stored->front().type() == "withdrawn");
    CHECK(stored->front().data == account_event(withdrawn{4}));
  }
  SECTION("reads are oldest first, also after reopening") {
    CHECK(a.append(noted{"third"}));
    auto const lines = std::vector<std::string>{"account/1@1 +10", "account/1@2 -4", "account/1@3 third"};
    CHECK(read_all(a).lines == lines);
    fixture.reopen(bank);
    CHECK(read_all(bank.stream("account/1")).lines == lines);
    CHECK(bank.stream("account/1").append(deposited{1})->revision() == ab::revision{4});
  }
  SECTION("an event may come as the family's own type, moved or copied") {
    account_event const kept = noted{"kept"};
    account_event given = noted{"given away"};
    REQUIRE(a.append(kept, std::move(given), kept));
    CHECK(kept == account_event(noted{"kept"}));
    CHECK(read_all(a).lines.back() == "account/1@5 kept");
    CHECK(fold<balance>(a)->last_note == "kept");
  }
}

template <class Fixture, std::int64_t First>
void revisions_count_from() {
  Fixture fixture;
  auto bank = fixture.template open<account_event, ab::revisions_from<First>>();
  auto a = bank.stream("a");
  CHECK(a.last() == ab::revision{First - 1});
  CHECK(a.first() == ab::revision{First});
  CHECK(a.append(ab::exact(First), deposited{1}).error() == ab::errc::wrong_revision);
  CHECK(a.append(ab::exact(First - 1), deposited{1})->revision() == ab::revision{First});
  CHECK(a.append(ab::exact(First), deposited{2}, deposited{3})->first == ab::revision{First + 1});
  CHECK(project<balance>(a)->through == ab::revision{First + 2});
  CHECK((*a.read(ab::between(First, First + 1))).size() == 2);
  REQUIRE(a.truncate(ab::revision{First}));
  CHECK(a.first() == ab::revision{First + 1});
  fixture.reopen(bank);
  CHECK(bank.stream("a").last() == ab::revision{First + 2});
  CHECK(bank.stream("a").first() == ab::revision{First + 1});
  CHECK(bank.stream("none").last() == ab::revision{First - 1});
}

TEMPLATE_LIST_TEST_CASE("the first revision is a policy", "[R2]", storages) {
  SECTION("0") { revisions_count_from<TestType, 0>(); }
  SECTION("1") { revisions_count_from<TestType, 1>(); }
  SECTION("1000000") { revisions_count_from<TestType, 1'000'000>(); }
}

// Every expectation against every number of events, each as a type of its own and as one chosen at run time.
TEMPLATE_LIST_TEST_CASE("an expectation that isn't met is a value, and writes nothing", "[R24]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto const events_before = GENERATE(0, 1, 2);
  auto a = bank.stream("account/1");
  for (int i = 0; i < events_before; ++i) REQUIRE(a.append(deposited{i}));
  auto const before = read_all(a);

  auto const holds = [&](auto expectation, ab::errc otherwise, std::int64_t expected, bool met) {
    INFO("events before: " << events_before);
    auto const r = a.append(expectation, deposited{7}, deposited{8});
    REQUIRE(r.has_value() == met);
    if (met) {
      CHECK(a.last() == ab::revision{events_before + 2});
      return;
    }
    auto const batch = a.append_all(expectation, std::vector<deposited>{{7}, {8}});
    REQUIRE(!batch);
    for (auto const& e : {r.error(), batch.error()}) {
      CHECK(e == otherwise);
      CHECK(e.compares);
      CHECK(e.expected == expected);
      CHECK(e.actual == events_before);
      CHECK(e.where == "account/1");
    }
    CHECK(a.last() == ab::revision{events_before});
    CHECK(read_all(a) == before);
    fixture.reopen(bank);
    a = bank.stream("account/1");
    CHECK(read_all(a) == before);
    // What failed can be decided again, on what is there now.
    CHECK(a.append(ab::exact(r.error().actual), deposited{9}));
  };
  using ab::errc;
  bool const none = events_before == 0;
  SECTION("any") { holds(ab::any, errc{}, 0, true); }
  SECTION("any, at run time") { holds(ab::expectation(ab::any), errc{}, 0, true); }
  SECTION("no_stream") { holds(ab::no_stream, errc::stream_exists, 0, none); }
  SECTION("no_stream, at run time") { holds(ab::expectation(ab::no_stream), errc::stream_exists, 0, none); }
  SECTION("stream_exists") { holds(ab::stream_exists, errc::no_such_stream, 1, !none); }
  SECTION("stream_exists, at run time") { holds(ab::expectation(ab::stream_exists), errc::no_such_stream, 1, !none); }
  SECTION("exact") {
    auto const n = GENERATE(-1, 0, 1, 2, 3);
    holds(ab::exact(n), errc::wrong_revision, n, n == events_before);
  }
  SECTION("exact, at run time") {
    auto const n = GENERATE(-1, 0, 1, 2, 3);
    holds(ab::expectation(ab::exact(n)), errc::wrong_revision, n, n == events_before);
  }
  SECTION("exact, at the ends of its range") {
    auto const n = GENERATE(INT64_MIN + 1, INT64_MAX);
    holds(ab::exact(n), errc::wrong_revision, n, false);
  }
}

TEMPLATE_LIST_TEST_CASE("an expectation is about what was appended, not about what is stored", "[R3][R24]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  {
    auto a = bank.stream("a");
    REQUIRE(a.append(deposited{1}, deposited{2}));
    REQUIRE(a.truncate(ab::revision{2}));
  }
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    auto a = bank.stream("a");
    CHECK(a.size() == 0);
    CHECK(a.append(ab::no_stream, deposited{3}).error() == ab::errc::stream_exists);
    CHECK(ab::commit(a.expect(ab::stream_exists), a.expect(ab::exact(2))));
    CHECK(ab::commit(a.expect(ab::exact(0))).error().actual == 2);
  }
}

TEMPLATE_LIST_TEST_CASE("a batch gets contiguous revisions in its order", "[R25]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  REQUIRE(a.append(noted{"before"}));
  std::vector<account_event> mixed;
  std::vector<std::string> expected{"a@1 before"};
  auto const n = GENERATE(0, 1, 2, 3, 4, 5, 8, 100);
  for (int i = 0; i < n; ++i) {
    mixed.push_back(i % 2 == 0 ? account_event(deposited{i}) : account_event(withdrawn{i}));
    expected.push_back("a@" + std::to_string(i + 2) + (i % 2 == 0 ? " +" : " -") + std::to_string(i));
  }
  auto const r = a.append_all(mixed);
  REQUIRE(r);
  CHECK(r->first == ab::revision{2});
  CHECK(r->last == ab::revision{n + 1});
  CHECK(read_all(a).lines == expected);
  fixture.reopen(bank);
  CHECK(read_all(bank.stream("a")).lines == expected);

  SECTION("with an expectation it is all or nothing") {
    a = bank.stream("a");
    CHECK(a.append_all(ab::exact(0), mixed).error().actual == n + 1);
    CHECK(read_all(a).lines == expected);
    CHECK(a.append_all(ab::exact(n + 1), mixed)->last == ab::revision{2 * n + 1});
    CHECK(a.size() == static_cast<std::size_t>(2 * n + 1));
  }
}

TEMPLATE_LIST_TEST_CASE("an empty batch is no write", "[R25]", storages) {
  TestType fixture;
  auto bank = fixture.template open<both_families, ab::global_order, ab::manual_clock>();
  auto a = stream<account_event>(bank, "a");
  std::vector<deposited> const nothing;
  auto const unchanged = [&](ab::revision last, ab::position position) {
    CHECK(a.last() == last);
    CHECK(bank.last() == position);
  };
  auto const never = a.append_all(nothing);
  REQUIRE(never);
  CHECK(never->first == ab::revision{1});
  CHECK(never->last == ab::revision{0});
  unchanged(ab::revision{0}, ab::position{0});
  CHECK(a.append_all(ab::no_stream, nothing));
  // It created nothing: the stream still doesn't exist.
  CHECK(ab::commit(a.expect(ab::no_stream)));
  CHECK(a.append_all(ab::stream_exists, nothing).error() == ab::errc::no_such_stream);

  REQUIRE(a.append(deposited{1}));
  CHECK(a.append_all(nothing)->last == ab::revision{1});
  CHECK(a.append_all(ab::exact(1), nothing));
  CHECK(a.append_all(ab::exact(0), nothing).error() == ab::errc::wrong_revision);
  unchanged(ab::revision{1}, ab::position{1});
  fixture.reopen(bank);
  a = stream<account_event>(bank, "a");
  unchanged(ab::revision{1}, ab::position{1});
}

TEMPLATE_LIST_TEST_CASE("a store and its handles outlive a move of the store", "[R2]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  auto cursors = kv<std::int64_t>(bank, "cursors");
  REQUIRE(a.append(deposited{1}));
  auto moved = std::move(bank);
  REQUIRE(a.append(deposited{2}));
  REQUIRE(cursors.put("a", 2));
  // Many more names than the tables of names have room for at first: nodes stay where they are.
  for (int i = 0; i < 1000; ++i) {
    REQUIRE(moved.stream(*ab::name::parse("s" + std::to_string(i))).append(deposited{i}));
  }
  auto assigned = TestType().template open<account_event>();
  assigned = std::move(moved);
  REQUIRE(a.append(deposited{3}));
  CHECK(fold<balance>(a)->cents == 6);
  CHECK(assigned.stream("a").last() == ab::revision{3});
  CHECK(*kv<std::int64_t>(assigned, "cursors").get("a") == 2);
  for (int i = 0; i < 1000; ++i) {
    auto const s = assigned.stream(*ab::name::parse("s" + std::to_string(i)));
    REQUIRE(fold<balance>(s)->cents == i);
  }
}

}  // namespace
}  // namespace spine
