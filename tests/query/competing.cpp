// Append conditions of many threads: of those that compete, exactly one wins.
#include "query/samples.hpp"

#include <array>
#include <atomic>
#include <barrier>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace spine {
namespace {

constexpr int threads = 8;

template <class Store>
auto seat(Store& s, std::int32_t n) {
  return of<ordered>(ab::query(s)).where([n](auto const& e) { return e.data.item == n; });
}

template <class F>
std::vector<std::thread> start(F f) {
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i) all.emplace_back([f, i] { f(i); });
  return all;
}

TEMPLATE_LIST_TEST_CASE("of many that take a seat, one wins", "[query][R27][R26]", shared_storages) {
  constexpr int seats = 150;
  TestType fixture;
  auto shop = fixture.template open<order_event, ab::locked<std::mutex>, ab::global_order>();
  std::array<std::atomic<int>, seats> winners{};
  std::atomic<int> odd = 0;
  std::barrier at_once(threads);
  // Once all at the same time, once as they come, so that they meet in one group and in two.
  for (auto& t : start([&](int me) {
         auto mine = shop.stream(*ab::name::parse("customer/" + std::to_string(me)));
         for (int i = 0; i < seats; ++i) {
           if (i < seats / 2) at_once.arrive_and_wait();
           auto const r = ab::commit(ab::expect_none(seat(shop, i)), mine.write(ordered{i}));
           if (r)
             ++winners[static_cast<std::size_t>(i)];
           else if (r.error() != ab::errc::event_exists || r.error().actual < 1)
             ++odd;
         }
       }))
    t.join();
  CHECK(odd == 0);
  for (auto const& w : winners) REQUIRE(w == 1);
  CHECK(shop.last() == ab::position{seats});
  fixture.reopen(shop);
  for (int i = 0; i < seats; ++i) REQUIRE(*seat(shop, i).count() == 1);
}

TEMPLATE_LIST_TEST_CASE("a decision that is retried takes each seat once", "[query][R27][R24]", shared_storages) {
  constexpr int seats = 60;
  TestType fixture;
  auto shop = fixture.template open<order_event, ab::locked<std::mutex>, ab::global_order>();
  std::atomic<int> odd = 0, taken = 0;
  for (auto& t : start([&](int me) {
         auto mine = shop.stream(*ab::name::parse("customer/" + std::to_string(me)));
         auto const orders = ab::query(shop).template of<ordered>();
         for (;;) {
           auto const now = orders.template project<counted>();  // the next seat is the number of those taken
           if (now->state.n == seats) return;
           auto const r = ab::commit(ab::expect_none(orders.after(now->through)), mine.write(ordered{now->state.n}));
           if (r)
             ++taken;
           else if (r.error() != ab::errc::event_exists || r.error().expected != now->through.value)
             ++odd;
         }
       }))
    t.join();
  CHECK(odd == 0);
  CHECK(taken == seats);
  fixture.reopen(shop);
  int next = 0;
  for (auto const& e : *shop.read()) CHECK(e.data.visit([](ordered const& o) { return o.item; }) == next++);
  CHECK(next == seats);
}

// Counts who has come to a door, before waiting at it.
struct counting_mutex {
  static inline std::atomic<int> came = 0;
  std::mutex m;
  void lock() {
    ++came;
    m.lock();
  }
  void unlock() { m.unlock(); }
};

// While a fold has the store, all that commit make one group: none of their events is in the log when the others' conditions
// are checked. A thread in a group has come to two doors, the group's list and the group's own; its leader to the store's, too.
TEST_CASE("of many in one group, one wins", "[query][R27][R26][R71]") {
  for (bool with_log : {false, true}) {
    on_file_with<ab::sync_group> fixture;
    auto shop = fixture.open<both_families, ab::locked<counting_mutex>, ab::global_order>();
    auto opened = shop.stream<account_event>("opened");
    REQUIRE(opened.append(noted{"the box office"}));
    std::array<std::atomic<int>, 2> winners{};
    std::array<std::atomic<std::int64_t>, 2> found{};
    std::atomic<int> odd = 0;
    std::vector<std::thread> all;
    // Streams that are only made in this group. Their handles can't be asked for later: the fold has the store.
    std::vector<decltype(shop.stream<order_event>("customer"))> customers;
    for (auto const* n : {"a", "b", "c"}) customers.push_back(shop.stream<order_event>(*ab::name::parse(n)));
    auto const compete = [&](int me) {
      auto const n = static_cast<std::size_t>(me % 2);
      auto const taken = seat(shop, me % 2).since(with_log ? 1 : 2);
      auto mine = customers[static_cast<std::size_t>(me % 3)];
      auto const r =
          ab::commit(ab::expect_none(taken), opened.write(noted{"next"}), mine.write(ordered{7}, ordered{me % 2}));
      if (r)
        ++winners[n];
      else if (r.error() == ab::errc::event_exists)
        found[n] = r.error().actual;
      else
        ++odd;
    };
    auto const ok = ab::query(opened).each([&](auto const&) {
      counting_mutex::came = 0;
      all = start(compete);
      while (counting_mutex::came < 2 * threads + 1) std::this_thread::yield();
    });
    REQUIRE(ok);
    for (auto& t : all) t.join();
    CHECK(odd == 0);
    CHECK((winners[0] == 1 && winners[1] == 1));
    CHECK(shop.last() == ab::position{7});
    // The position that the losers were told is where the winner's event is.
    CHECK(*seat(shop, 0).since(found[0].load()).through(found[0].load()).count() == 1);
    CHECK(*seat(shop, 1).since(found[1].load()).through(found[1].load()).count() == 1);
    fixture.reopen(shop);
    CHECK(shop.last() == ab::position{7});
    CHECK(*seat(shop, 0).count() == 1);
    CHECK(*seat(shop, 1).count() == 1);
  }
}

}  // namespace
}  // namespace spine
