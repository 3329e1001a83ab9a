// Queries of one stream, on every storage.
#include "query/samples.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace spine {
namespace {

using lines = std::vector<std::string>;

template <class Stream>
void fill(Stream a) {
  REQUIRE(a.append(deposited{10}, withdrawn{20}, noted{"x"}, deposited{30}, deposited{40}, withdrawn{50}));
}

TEMPLATE_LIST_TEST_CASE("a query narrows by range, type and predicate", "[query][R30]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  CHECK(*ab::query(a).count() == 0);
  fill(a);
  fill(bank.stream("b"));
  for (int i = 0; i < 2; ++i) {
    auto const same = [](auto const& q, lines const& expected) {
      CHECK(pushed(q) == expected);
      CHECK(pulled(q) == expected);
      CHECK(*q.count() == expected.size());
    };
    auto const q = ab::query(bank.stream("a"));
    same(q, {"a@1 +10", "a@2 -20", "a@3 x", "a@4 +30", "a@5 +40", "a@6 -50"});
    same(q.since(5), {"a@5 +40", "a@6 -50"});
    same(q.after(ab::revision{5}), {"a@6 -50"});
    same(q.through(2), {"a@1 +10", "a@2 -20"});
    same(q.between(3, 4), {"a@3 x", "a@4 +30"});
    same(q.between(4, 3), {});
    same(q.since(7), {});
    same(q.since(-3).through(1), {"a@1 +10"});
    same(q.since(2).since(4).since(3).through(5).through(9), {"a@4 +30", "a@5 +40"});
    same(of<deposited>(q), {"a@1 +10", "a@4 +30", "a@5 +40"});
    same(of<noted, withdrawn>(q), {"a@2 -20", "a@3 x", "a@6 -50"});
    same(of<noted>(of<withdrawn, noted>(q)), {"a@3 x"});
    same(of<deposited>(q.since(2)).where([](auto const& e) { return e.data.cents > 30; }), {"a@5 +40"});
    // A predicate before the types is asked of those that are selected in the end.
    same(of<withdrawn, deposited>(q.where([](auto const& e) { return e.data.cents > 30; })), {"a@5 +40", "a@6 -50"});
    same(q.where([](auto const& e) { return e.type() == "noted" || e.revision == ab::revision{6}; }),
         {"a@3 x", "a@6 -50"});
    auto const even = [](auto const& e) { return e.revision.value % 2 == 0; };
    same(q.where(even).where([](auto const& e) { return e.revision.value > 2; }), {"a@4 +30", "a@6 -50"});
    CHECK(of<deposited>(q).template fold<sum>()->cents == 80);
    if (i == 0) fixture.reopen(bank);
  }
}

TEMPLATE_LIST_TEST_CASE("a query folds and goes on", "[query][R30][R12]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  auto const deposits = of<deposited>(ab::query(a));
  CHECK(deposits.template project<sum>()->through == ab::revision{0});
  fill(a);
  auto const [s, n] = *of<deposited>(ab::query(a)).template fold<sum, counted>();
  CHECK((s.cents == 80 && n.n == 3));
  CHECK(*ab::query(a).template fold<balance>() == *a.template fold<balance>());

  // Through which revision: that far the query has looked, whether or not the last event matched.
  auto const p = deposits.template project<sum>();
  CHECK(p->state.cents == 80);
  CHECK(p->through == ab::revision{6});
  CHECK(deposits.through(5).template project<sum>()->through == ab::revision{5});
  REQUIRE(a.append(withdrawn{1}, deposited{7}));
  CHECK(deposits.after(p->through).template fold<sum>()->cents == 7);
}

TEMPLATE_LIST_TEST_CASE("a query iterates like a range", "[query][R30]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  fill(a);
  std::int64_t cents = 0;
  for (auto const& e : *of<deposited>(ab::query(a)).read()) cents += e.data.cents;
  CHECK(cents == 80);
  auto const found = of<noted>(ab::query(a)).read();
  REQUIRE(found);
  auto i = found->begin();
  CHECK((*i).data == noted{"x"});
  CHECK((*i).type() == "noted");
  auto j = i++;
  CHECK(j == found->begin());
  CHECK(i == found->end());
  CHECK((*of<noted>(ab::query(a).since(4)).read()).empty());
  using selection = std::remove_cvref_t<decltype(*found)>;
  STATIC_REQUIRE(std::forward_iterator<typename selection::iterator>);
  STATIC_REQUIRE(std::sentinel_for<std::default_sentinel_t, typename selection::iterator>);
}

TEMPLATE_LIST_TEST_CASE("a query's time window is inclusive", "[query][R30][R1]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::manual_clock>();
  auto a = bank.stream("a");
  for (std::int64_t t : {10, 20, 20, 30, 15}) REQUIRE(a.append(ab::at(ab::timestamp{t}), deposited{t}));
  auto const during = [&](std::int64_t from, std::int64_t to) { return *ab::query(a).during({from}, {to}).count(); };
  CHECK(during(10, 30) == 5);
  CHECK(during(20, 20) == 2);
  CHECK(during(11, 19) == 1);  // told out of order
  CHECK(during(10, 10) == 1);
  CHECK(during(31, 99) == 0);
  CHECK(during(30, 10) == 0);
  CHECK(pulled(ab::query(a).since(3).during({15}, {20})) == lines{"a@3 t20 +20", "a@5 t15 +15"});
}

TEMPLATE_LIST_TEST_CASE("what is gone is an error, unless what is stored is asked for", "[query][R30][R4]", storages) {
  TestType fixture;
  auto shop = fixture.template open<both_families>();
  auto a = stream<account_event>(shop, "a");
  fill(a);
  REQUIRE(a.truncate(ab::revision{3}));
  auto const truncated = [](auto const& r) { return !r && r.error() == ab::errc::truncated && r.error().actual == 4; };
  CHECK(truncated(ab::query(a).count()));
  CHECK(truncated(ab::query(a).through(5).count()));
  CHECK(truncated(ab::query(a).since(3).each([](auto const&) {})));
  CHECK(truncated(of<deposited>(ab::query(a)).template fold<sum>()));
  CHECK(truncated(of<deposited>(ab::query(a)).template project<sum>()));
  CHECK(truncated(ab::query(a).read()));
  CHECK(*ab::query(a).since(4).count() == 3);
  CHECK(*ab::query(a, ab::stored).count() == 3);
  CHECK(*ab::query(a, ab::stored).through(5).count() == 2);
  CHECK(truncated(ab::query(a, ab::stored).since(2).count()));
  CHECK(*ab::query(a, ab::between(5, 9)).count() == 2);

  auto const wrong = ab::query(stream<order_event>(shop, "a")).count();
  CHECK((!wrong && wrong.error() == ab::errc::wrong_family));
  CHECK(ab::query(stream<order_event>(shop, "a")).read().error() == ab::errc::wrong_family);
}

TEMPLATE_LIST_TEST_CASE("a commit from a query's callback is refused, what it throws passes", "[query][R30][R73]",
                        storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  fill(a);
  std::optional<ab::errc> said;
  auto const ok = ab::query(a).since(6).each([&](auto const&) { said = a.append(deposited{1}).error().code; });
  CHECK(ok);
  CHECK(said == ab::errc::busy);
  auto const throwing = ab::query(a).where([](auto const& e) { return e.revision.value < 3 ? true : throw 7; });
  CHECK_THROWS_AS(throwing.count(), int);
  CHECK(a.append(deposited{1}));
  CHECK(*ab::query(a).count() == 7);
}

TEMPLATE_LIST_TEST_CASE("revisions that count from nought are queried as they are", "[query][R30][R2]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::revisions_from<0>>();
  fill(bank.stream("a"));
  CHECK(pushed(ab::query(bank.stream("a")).through(0)) == lines{"a@0 +10"});
  CHECK(*ab::query(bank.stream("a")).count() == 6);
}

}  // namespace
}  // namespace spine
