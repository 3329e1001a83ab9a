// append_once: a repeat gives the first receipt and writes nothing; mark and events are one step.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <anabranch/idempotency.hpp>

#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace spine {
namespace {

using ab::errc;

TEMPLATE_LIST_TEST_CASE("a repeat gives what the first time gave, also after a restart", "[R32]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto const first = ab::append_once(bank.stream("a"), "order-7", deposited{1}, deposited{2});
  REQUIRE(first);
  CHECK(first->first == ab::revision{1});
  CHECK(first->last == ab::revision{2});
  REQUIRE(bank.stream("a").append(deposited{3}));

  for (int restarts = 0; restarts < 2; ++restarts) {
    auto const again = ab::append_once(bank.stream("a"), "order-7", deposited{1}, deposited{2});
    REQUIRE(again);
    CHECK(again->first == first->first);
    CHECK(again->last == first->last);
    CHECK(bank.stream("a").last() == ab::revision{3});
    fixture.reopen(bank);
  }
}

TEMPLATE_LIST_TEST_CASE("keys belong to their stream, and separators make no two alike", "[R32]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  // Every way to cut "a/b/c" into stream and key.
  auto const a = bank.stream("a"), ab_ = bank.stream("a/b"), abc = bank.stream("a/b/c");
  REQUIRE(ab::append_once(a, "b/c", deposited{1}));
  REQUIRE(ab::append_once(ab_, "c", deposited{1}));
  REQUIRE(ab::append_once(abc, "a/b/c", deposited{1}));
  REQUIRE(ab::append_once(a, "a/b/c", deposited{1}));
  CHECK(a.size() == 2);
  CHECK(ab_.size() == 1);
  CHECK(abc.size() == 1);
  CHECK(ab::append_once(a, "", deposited{1}).error() == errc::invalid_name);
  CHECK(a.size() == 2);
}

TEMPLATE_LIST_TEST_CASE("the longest stream name has marks of its own", "[R32]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto const longest = *ab::name::parse(std::string(ab::name::max_size, 'x'));
  REQUIRE(ab::append_once(bank.stream(longest), "k", deposited{1}));
  fixture.reopen(bank);
  REQUIRE(ab::append_once(bank.stream(longest), "k", deposited{1}));
  CHECK(bank.stream(longest).size() == 1);
}

TEMPLATE_LIST_TEST_CASE("mark and events are one step with the rest of the commit", "[R32][R9]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  auto table = bank.template kv<std::int64_t>("t");
  REQUIRE(table.put("taken", 1));
  auto const refused = ab::commit(ab::write_once(a, "k", deposited{1}), table.write_new("taken", std::int64_t{2}));
  CHECK(refused.error() == errc::key_exists);
  CHECK(a.size() == 0);
  // Nothing was marked either, so that the next try isn't taken for a repeat.
  REQUIRE(ab::append_once(a, "k", deposited{1}));
  CHECK(a.size() == 1);
  // A repeat writes nothing of its own, and lets the rest of its commit through.
  REQUIRE(ab::commit(ab::write_once(a, "k", deposited{1}), table.write("other", std::int64_t{3})));
  CHECK(a.size() == 1);
  CHECK(*table.get("other") == 3);
  // Twice in one commit is once.
  REQUIRE(ab::commit(ab::write_once(a, "twice", deposited{1}), ab::write_once(a, "twice", deposited{1})));
  CHECK(a.size() == 2);
}

TEMPLATE_LIST_TEST_CASE("truncation leaves the marks", "[R32][R4]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  REQUIRE(ab::append_once(a, "k", deposited{1}));
  REQUIRE(a.truncate(a.last()));
  auto const again = ab::append_once(a, "k", deposited{1});
  REQUIRE(again);
  CHECK(again->last == ab::revision{1});
  CHECK(a.last() == ab::revision{1});
}

TEMPLATE_LIST_TEST_CASE("of eight threads with one key, one writes", "[R32][R26]", shared_storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>>();
  auto a = bank.stream("a");
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) (void)ab::append_once(a, std::to_string(i), deposited{1});
    });
  }
  for (auto& t : threads) t.join();
  CHECK(a.size() == 50);
}

}  // namespace
}  // namespace spine
