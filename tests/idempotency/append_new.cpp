// append_new and append_as: what is there already is no write, no report and no conflict; another content is an error.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include "catch.hpp"

#include <cstdint>
#include <limits>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace spine {
namespace {

using ab::errc;

TEMPLATE_LIST_TEST_CASE("inserting what is there is no write, no report and no conflict", "[idempotency][R33]",
                        storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto const first = ab::append_new(bank.stream("a"), deposited{5}, ab::no_stream);
  REQUIRE(first);
  CHECK(first->last == ab::revision{1});
  REQUIRE(ab::append_new(bank.stream("a"), withdrawn{5}, ab::exact(1)));
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    auto a = bank.stream("a");
    // The expectations of then don't hold any more, and need not.
    auto const repeat = ab::append_new(a, deposited{5}, ab::no_stream);
    REQUIRE(repeat);
    CHECK(repeat->last == ab::revision{1});
    CHECK(ab::append_new(a, account_event(withdrawn{5}), ab::exact(99))->last == ab::revision{2});
    CHECK(a.last() == ab::revision{2});
  }
  auto a = bank.stream("a");
  CHECK(ab::append_new(a, noted{"new"}, ab::exact(1)).error() == errc::wrong_revision);
  CHECK(ab::append_new(a, noted{"new"}, ab::exact(2))->last == ab::revision{3});
  CHECK(ab::append_new(bank.stream("b"), deposited{5})->last == ab::revision{1});

  ab::hub hub(bank);
  int told = 0;
  auto const s = hub.subscribe([&](auto const&, auto const&) { ++told; });
  REQUIRE(hub.commit(ab::write_new(a, deposited{5})));
  CHECK(told == 0);
  REQUIRE(hub.commit(ab::write_new(a, deposited{6})));
  CHECK(told == 1);
}

TEMPLATE_LIST_TEST_CASE("an id with another content is an error", "[idempotency][R33][R73]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  REQUIRE(ab::append_as(bank.stream("a"), "7~1", deposited{5}));
  fixture.reopen(bank);
  auto a = bank.stream("a");
  CHECK(ab::append_as(a, "7~1", deposited{5})->last == ab::revision{1});
  auto const other = ab::append_as(a, "7~1", deposited{6});
  REQUIRE(!other);
  CHECK(other.error() == errc::other_content);
  CHECK(other.error().where == "7~1");
  CHECK(ab::append_as(a, "7~1", withdrawn{5}).error() == errc::other_content);  // equal bytes, another type
  CHECK(ab::append_as(a, "", deposited{1}).error() == errc::invalid_name);
  CHECK(ab::append_as(bank.stream("b"), "7~1", deposited{6}));
  // All or nothing, also beside others.
  CHECK(ab::commit(a.write(noted{"beside"}), ab::write_as(a, "7~1", deposited{6})).error() == errc::other_content);
  CHECK(a.size() == 1);
  // Twice in one commit is once.
  auto const twice = ab::commit(ab::write_as(a, "8~1", deposited{1}), ab::write_as(a, "8~1", deposited{1}));
  REQUIRE(twice);
  CHECK(std::get<1>(*twice).last == std::get<0>(*twice).last);
  CHECK(a.size() == 2);
}

TEST_CASE("many that insert the same insert it once", "[idempotency][R33][R26]") {
  on_file_with<ab::sync_group> fixture;
  auto bank = fixture.open<account_event, ab::locked<std::mutex>>();
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) (void)ab::append_new(bank.stream("a"), deposited{i});
    });
  }
  for (auto& t : threads) t.join();
  CHECK(bank.stream("a").size() == 50);
}

// An event that says what holds after it, not by how much it changed.
struct price_set {
  std::int64_t cents = 0;
};
struct price {
  std::int64_t cents = 0;
  void apply(price_set const& e) { cents = e.cents; }
  friend bool operator==(price const&, price const&) = default;
};

TEMPLATE_LIST_TEST_CASE("operations that carry post-values may come twice", "[idempotency][R34]", storages) {
  TestType fixture;
  auto shop = fixture.template open<ab::one_of<price_set>>();
  auto once = shop.stream("once"), twice = shop.stream("twice");
  for (auto const cents : {100, 250, 90}) {
    REQUIRE(once.append(price_set{cents}));
    REQUIRE(twice.append(price_set{cents}));
    REQUIRE(twice.append(price_set{cents}));
  }
  CHECK(*once.template fold<price>() == *twice.template fold<price>());
  auto t = shop.template kv<std::int64_t>("prices");
  REQUIRE(t.put("tea", 90));
  REQUIRE(t.put("tea", 90));
  CHECK(*t.get("tea") == 90);
}

struct tiny {
  std::int32_t n = 0;
};
constexpr bool in_a_constant_expression() {
  ab::store<ab::one_of<tiny>> s;
  auto a = s.stream("a");
  return ab::append_new(a, tiny{1}) && ab::append_new(a, tiny{1}) && ab::append_new(a, tiny{2}) && a.size() == 2 &&
         ab::append_as(a, "id", tiny{3}) && ab::append_as(a, "id", tiny{4}).error() == errc::other_content;
}
static_assert(in_a_constant_expression());

}  // namespace
}  // namespace spine
