// What a poller waits for between two polls.
#include "subscription/told.hpp"

#include <anabranch/subscription/bell.hpp>

#include <chrono>
#include <mutex>
#include <stop_token>
#include <thread>

namespace subscribing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST_CASE("a ring before the wait isn't lost, and several count as one", "[subscription][R20]") {
  ab::bell bell;
  CHECK(!bell.wait_for(milliseconds(0)));
  bell.ring();
  bell.ring();
  CHECK(bell.wait_for(hours(1)));
  CHECK(!bell.wait_for(milliseconds(1)));
}

TEST_CASE("a ring and a stop end the wait of another thread", "[subscription][R20]") {
  ab::bell bell, waits;
  std::stop_source stop;
  bool rung = false, stopped = true;
  std::thread waiter([&] {
    rung = bell.wait_for(hours(1), stop.get_token());
    waits.ring();
    stopped = bell.wait_for(hours(1), stop.get_token());
  });
  bell.ring();
  CHECK(waits.wait_for(hours(1)));
  stop.request_stop();
  waiter.join();
  CHECK(rung);
  CHECK(!stopped);
  CHECK(!bell.wait_for(hours(1), stop.get_token()));  // it is asked for already
  bell.ring();
  CHECK(bell.wait_for(hours(1), stop.get_token()));
}

// Hangs where a ring between a poll and the wait is lost.
TEMPLATE_LIST_TEST_CASE("who polls and waits misses nothing", "[subscription][R20]", shared_storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>>();
  auto const a = bank.stream("a");
  constexpr int writers = 4, each = 100;
  ab::hub hub(bank);
  ab::bell bell;
  auto const rings = hub.subscribe(a, [&](ab::others) { bell.ring(); });
  REQUIRE(rings);

  std::size_t seen = 0, waits = 0;
  std::int64_t odd = 0;
  std::thread reader([&] {
    auto tail = ab::catch_up(a, ab::revision{0});
    while (seen < writers * each) {
      auto const n = tail.poll(8, [&](ab::others) {});
      if (!n) break;
      seen += *n;
      if (tail.checkpoint().value != static_cast<std::int64_t>(seen)) ++odd;
      if (*n == 0 && bell.wait_for(hours(1))) ++waits;
    }
  });
  std::vector<std::thread> all;
  for (int t = 0; t < writers; ++t) {
    all.emplace_back([&] {
      for (int i = 0; i < each; ++i) (void)hub.append(a, deposited{i});
    });
  }
  for (auto& t : all) t.join();
  reader.join();
  CHECK(seen == writers * each);
  CHECK(odd == 0);
  CHECK(waits <= writers * each);
}

}  // namespace
}  // namespace subscribing
