// Append conditions: a commit that expects that no event matches a query.
#include "query/samples.hpp"

#include <string>
#include <vector>

namespace spine {
namespace {

template <class Store>
auto seat(Store& s, std::int32_t n) {
  return of<ordered>(ab::query(s)).where([n](auto const& e) { return e.data.item == n; });
}

TEMPLATE_LIST_TEST_CASE("a commit expects that no event matches", "[query][R27]", storages) {
  TestType fixture;
  auto shop = fixture.template open<both_families, ab::global_order>();
  STATIC_REQUIRE(ab::conditional_store<decltype(shop)>);
  auto a = stream<order_event>(shop, "a"), b = stream<order_event>(shop, "b");
  auto m = stream<account_event>(shop, "m");
  REQUIRE(ab::commit(ab::expect_none(seat(shop, 1)), a.write(ordered{1})));
  REQUIRE(m.append(noted{"x"}));
  for (int i = 0; i < 2; ++i) {
    auto again = ab::commit(ab::expect_none(seat(shop, 1)), b.write(ordered{1}));
    REQUIRE(!again);
    CHECK(again.error() == ab::errc::event_exists);
    CHECK((again.error().expected == 0 && again.error().actual == 1));
    CHECK(again.error().where.view() == "a");
    CHECK((b.last() == ab::revision{0} && shop.last() == ab::position{2}));
    if (i == 0) fixture.reopen(shop);
    a = stream<order_event>(shop, "a"), b = stream<order_event>(shop, "b"), m = stream<account_event>(shop, "m");
  }

  // Other types and other values don't matter, nor what was known already.
  CHECK(ab::commit(ab::expect_none(seat(shop, 2)), b.write(ordered{2})));
  CHECK(ab::commit(ab::expect_none(seat(shop, 1).after(ab::position{1})), b.write(ordered{1})));
  CHECK(shop.last() == ab::position{4});
  auto const stale = ab::commit(m.write(noted{"y"}), ab::expect_none(seat(shop, 1).after(ab::position{1})));
  CHECK((!stale && stale.error().expected == 1 && stale.error().actual == 4));
  CHECK(m.last() == ab::revision{1});
  CHECK(ab::commit(ab::expect_none(of<deposited, withdrawn>(ab::query(shop))), m.write(deposited{5})));
  CHECK(!ab::commit(ab::expect_none(of<deposited, withdrawn>(ab::query(shop))), m.write(deposited{5})));

  // A condition alone, several, and beside others.
  CHECK(ab::commit(ab::expect_none(seat(shop, 3))));
  CHECK(ab::commit(ab::expect_none(seat(shop, 3)), ab::expect_none(seat(shop, 4)), a.expect(ab::exact(1)),
                   a.write(ordered{3}), kv<int>(shop, "t").write("k", 1)));
  auto const second = ab::commit(ab::expect_none(seat(shop, 4)), ab::expect_none(seat(shop, 3)), a.write(ordered{4}),
                                 kv<int>(shop, "t").write("k", 2));
  CHECK((!second && second.error().actual == shop.last().value));
  CHECK(**kv<int>(shop, "t").get("k") == 1);
  // What the commit itself writes is no event before it.
  CHECK(ab::commit(a.write(ordered{5}), ab::expect_none(seat(shop, 5))));
}

TEMPLATE_LIST_TEST_CASE("who decided on what a query gave writes if nothing came after", "[query][R27][R24]",
                        storages) {
  TestType fixture;
  auto shop = fixture.template open<both_families, ab::global_order>();
  auto a = stream<order_event>(shop, "a");
  auto m = stream<account_event>(shop, "m");
  auto const orders = of<ordered>(ab::query(shop));
  auto known = *orders.template project<counted>();
  REQUIRE(m.append(noted{"of no interest"}));
  CHECK(ab::commit(ab::expect_none(orders.after(known.through)), a.write(ordered{1})));
  auto const late = ab::commit(ab::expect_none(orders.after(known.through)), a.write(ordered{2}));
  CHECK((!late && late.error() == ab::errc::event_exists && late.error().actual == 2));
  known = *orders.template project<counted>();
  CHECK(known->n == 1);
  CHECK(ab::commit(ab::expect_none(orders.after(known.through)), a.write(ordered{2})));
}

TEMPLATE_LIST_TEST_CASE("where a part is gone nobody knows", "[query][R27][R31]", storages) {
  TestType fixture;
  auto shop = fixture.template open<both_families, ab::global_order>();
  auto a = stream<order_event>(shop, "a"), b = stream<order_event>(shop, "b");
  REQUIRE(a.append(ordered{1}, ordered{2}));
  REQUIRE(b.append(ordered{3}));
  REQUIRE(a.truncate(ab::revision{1}));
  auto const gone = ab::commit(ab::expect_none(seat(shop, 1)), b.write(ordered{1}));
  CHECK((!gone && gone.error() == ab::errc::truncated));
  CHECK(ab::commit(ab::expect_none(seat(shop, 1).after(ab::position{1})), b.write(ordered{1})));
  auto const left = of<ordered>(ab::query(shop, ab::stored)).where([](auto const& e) { return e.data.item == 2; });
  auto const there = ab::commit(ab::expect_none(left), b.write(ordered{2}));
  CHECK(
      (!there && there.error() == ab::errc::event_exists && there.error().expected == 0 && there.error().actual == 2));
  // What is gone doesn't match any more, and only who asks for what is left is told so.
  auto const first =
      of<ordered>(ab::query(shop, ab::stored)).where([](auto const& e) { return e.position.value == 1; });
  CHECK(ab::commit(ab::expect_none(first), b.write(ordered{2})));
}

TEMPLATE_LIST_TEST_CASE("a predicate of a condition throws, or writes", "[query][R27][R73]", storages) {
  TestType fixture;
  auto shop = fixture.template open<both_families, ab::global_order>();
  auto a = stream<order_event>(shop, "a");
  REQUIRE(a.append(ordered{1}));
  auto const throwing = of<ordered>(ab::query(shop)).where([](auto const&) -> bool { throw 7; });
  CHECK_THROWS_AS(ab::commit(ab::expect_none(throwing), a.write(ordered{2})), int);
  CHECK(shop.last() == ab::position{1});
  bool refused = false;
  auto const writing = of<ordered>(ab::query(shop)).where([&](auto const&) {
    refused = a.append(ordered{9}).error() == ab::errc::busy;
    return false;
  });
  CHECK(ab::commit(ab::expect_none(writing), a.write(ordered{2})));
  CHECK(refused);
  CHECK(*a.template fold<counted>() == counted{2});
}

struct sold {
  int seat;
};
constexpr bool expects_while_compiling() {
  ab::store<ab::one_of<sold>, ab::policies<ab::global_order>> s;
  auto a = s.stream("a");
  auto const all = ab::query(s);
  return ab::commit(ab::expect_none(all), a.write(sold{1})) && !ab::commit(ab::expect_none(all), a.write(sold{1})) &&
         ab::commit(ab::expect_none(all.after(s.last())), a.write(sold{2}));
}
static_assert(expects_while_compiling());
static_assert(!ab::conditional_store<ab::store<ab::one_of<sold>>>);

}  // namespace
}  // namespace spine
