// Queries of a whole store.
#include "query/samples.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace spine {
namespace {

using lines = std::vector<std::string>;

TEMPLATE_LIST_TEST_CASE("a store is queried in the order of its commits", "[query][R30][R31]", storages) {
  TestType fixture;
  auto shop = fixture.template open<both_families, ab::global_order>();
  CHECK(*ab::query(shop).count() == 0);
  CHECK(ab::query(shop).template project<counted>()->through == ab::position{0});
  REQUIRE(stream<account_event>(shop, "a").append(deposited{10}, noted{"x"}));
  REQUIRE(stream<order_event>(shop, "o").append(ordered{1}));
  REQUIRE(stream<account_event>(shop, "b").append(deposited{20}, withdrawn{5}));
  REQUIRE(stream<order_event>(shop, "o").append(ordered{2}));
  for (int i = 0; i < 2; ++i) {
    auto const same = [](auto const& q, lines const& expected) {
      CHECK(pushed(q) == expected);
      CHECK(pulled(q) == expected);
      CHECK(*q.count() == expected.size());
    };
    auto const q = ab::query(shop);
    same(q, {"a@1 p1 +10", "a@2 p2 x", "o@1 p3 #1", "b@1 p4 +20", "b@2 p5 -5", "o@2 p6 #2"});
    same(q.between(2, 3), {"a@2 p2 x", "o@1 p3 #1"});
    same(q.after(ab::position{5}), {"o@2 p6 #2"});
    same(of<deposited, ordered>(q.since(2)), {"o@1 p3 #1", "b@1 p4 +20", "o@2 p6 #2"});
    same(of<ordered>(q), {"o@1 p3 #1", "o@2 p6 #2"});
    same(of<deposited>(q).where([](auto const& e) { return e.stream == "b"; }), {"b@1 p4 +20"});
    CHECK(of<deposited>(q).template fold<sum>()->cents == 30);
    auto const p = of<deposited>(q).template project<sum>();
    CHECK((p->state.cents == 30 && p->through == ab::position{6}));
    if (i == 0) fixture.reopen(shop);
  }
  for (auto const& e : *of<ordered>(ab::query(shop)).read()) CHECK(e.stream == "o");

  REQUIRE(stream<account_event>(shop, "a").truncate(ab::revision{1}));
  auto const gone = ab::query(shop).count();
  CHECK((!gone && gone.error() == ab::errc::truncated && gone.error().actual == 2));
  CHECK(ab::query(shop).read().error() == ab::errc::truncated);
  CHECK(*ab::query(shop).since(2).count() == 5);
  CHECK(*ab::query(shop, ab::stored).count() == 5);
}

// Of each commit a query sees all or nothing, and `project` says exactly how far it has looked.
TEMPLATE_LIST_TEST_CASE("a query is one step", "[query][R30][R26]", shared_storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>, ab::global_order>();
  std::atomic<bool> done = false;
  std::atomic<int> odd = 0;
  std::thread reader([&] {
    auto const deposits = of<deposited>(ab::query(bank));
    ab::folded<sum, ab::position> known;
    while (!done) {
      if (*deposits.count() % 2 != 0) ++odd;
      auto const more = deposits.after(known.through).template project<sum>();
      if (!more || more->state.cents % 3 != 0) ++odd;
      known.state.cents += more->state.cents;
      known.through = more->through;
      std::size_t n = 0;
      for (auto const& e : *deposits.read()) n += e.data.cents > 0 ? 1U : 0U;
      if (n % 2 != 0) ++odd;
    }
    auto const rest = deposits.after(known.through).template fold<sum>();
    if (known.state.cents + rest->cents != 4 * 60 * 3) ++odd;
  });
  std::vector<std::thread> writers;
  for (int t = 0; t < 4; ++t) {
    writers.emplace_back([&] {
      auto a = bank.stream("a"), b = bank.stream("b");
      for (int i = 0; i < 60; ++i) {
        if (!ab::commit(a.write(deposited{1}), b.write(noted{"x"}), b.write(deposited{2}))) ++odd;
      }
    });
  }
  for (auto& w : writers) w.join();
  done = true;
  reader.join();
  CHECK(odd == 0);
}

struct added {
  int by;
};
struct removed {
  int by;
};
struct net {
  int n = 0;
  constexpr void apply(added const& e) { n += e.by; }
};
constexpr bool queries_while_compiling() {
  ab::store<ab::one_of<added, removed>, ab::policies<ab::global_order>> s;
  auto a = s.stream("a");
  if (!a.append(added{1}, removed{2}, added{3}) || !s.stream("b").append(added{4})) return false;
  int seen = 0;
  for (auto const& e : *ab::query(a).of<added>().read()) seen += e.data.by;
  for (auto const& e : *ab::query(s).since(3).read()) seen += 10 * static_cast<int>(e.revision.value);
  auto const large = [](auto const& e) { return e.data.by > 2; };
  return seen == 44 && ab::query(s).of<added>().where(large).fold<net>()->n == 7 &&
         *ab::query(a).where(large).count() == 1;
}
static_assert(queries_while_compiling());

}  // namespace
}  // namespace spine
