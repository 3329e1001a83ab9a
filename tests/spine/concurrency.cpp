// Many threads on one store: the check and the write are one step, and nobody sees half of one.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <array>
#include <atomic>
#include <barrier>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace spine {
namespace {

constexpr int threads = 8;

// Catch's assertions are for one thread, so threads count what they see.
template <class F>
void in_threads(int n, F const& f) {
  std::vector<std::thread> all;
  for (int i = 0; i < n; ++i) all.emplace_back([&f, i] { f(i); });
  for (auto& t : all) t.join();
}

using shared = ab::locked<std::mutex>;

TEMPLATE_LIST_TEST_CASE("of many that append at one revision, one wins", "[R26][R24]", shared_storages) {
  constexpr int rounds = 200;
  TestType fixture;
  auto bank = fixture.template open<account_event, shared>();
  auto a = bank.stream("a");
  std::array<std::atomic<int>, rounds> winners{};
  std::atomic<int> odd = 0;
  std::barrier start(threads);
  in_threads(threads, [&](int me) {
    for (int round = 0; round < rounds; ++round) {
      start.arrive_and_wait();
      auto const r = a.append(ab::exact(round), deposited{me + 1});
      if (r) {
        ++winners[static_cast<std::size_t>(round)];
        if (r->revision() != ab::revision{round + 1}) ++odd;
      } else if (r.error() != ab::errc::wrong_revision || r.error().expected != round ||
                 r.error().actual != round + 1) {
        ++odd;
      }
      start.arrive_and_wait();
    }
  });
  CHECK(odd == 0);
  for (auto const& w : winners) REQUIRE(w == 1);
  CHECK(a.last() == ab::revision{rounds});
  fixture.reopen(bank);
  CHECK(bank.stream("a").last() == ab::revision{rounds});
  CHECK((*bank.stream("a").read()).size() == rounds);
}

TEMPLATE_LIST_TEST_CASE("a conflict that is retried loses nothing", "[R26][R11]", shared_storages) {
  constexpr int each = 100;
  TestType fixture;
  auto bank = fixture.template open<account_event, shared>();
  auto a = bank.stream("a");
  auto t = kv<std::int64_t>(bank, "t");
  std::atomic<int> odd = 0;
  in_threads(threads, [&](int) {
    auto mine = a;  // a handle is copied freely
    for (int i = 0; i < each; ++i) {
      for (;;) {
        auto const p = project<balance>(mine);
        auto const r = mine.append(ab::exact(p->through), deposited{1}, noted{std::to_string(p->state.cents)});
        if (r) break;
        if (r.error() != ab::errc::wrong_revision) ++odd;
      }
      auto numbers = t;
      if (!numbers.update("sum", 0, [](std::int64_t n) { return n + 1; })) ++odd;
      for (;;) {
        auto const now = *numbers.get("swapped");
        if (numbers.compare_and_swap("swapped", now, now.value_or(0) + 1)) break;
      }
    }
  });
  CHECK(odd == 0);
  fixture.reopen(bank);
  CHECK(bank.stream("a").last() == ab::revision{2 * threads * each});
  // Each has decided on the state that it then changed.
  CHECK(*fold<balance>(bank.stream("a")) == balance{threads * each, std::to_string(threads * each - 1)});
  CHECK(*kv<std::int64_t>(bank, "t").get("sum") == threads * each);
  CHECK(*kv<std::int64_t>(bank, "t").get("swapped") == threads * each);
}

TEMPLATE_LIST_TEST_CASE("a key is put anew once", "[R26][R11]", shared_storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, shared>();
  std::atomic<int> won = 0, exists = 0;
  std::barrier start(threads);
  in_threads(threads, [&](int me) {
    auto t = kv<std::int64_t>(bank, "t");  // handles are made in threads, too
    for (int round = 0; round < 100; ++round) {
      start.arrive_and_wait();
      auto const r = t.put_new(std::to_string(round), me);
      r ? ++won : r.error() == ab::errc::key_exists ? ++exists : exists += 1'000'000;
    }
  });
  CHECK(won == 100);
  CHECK(exists == 100 * (threads - 1));
}

// Two accounts between which money moves, and a table that says how much was moved: what is in them together never changes.
TEMPLATE_LIST_TEST_CASE("who reads sees whole commits", "[R26][R9][R31]", shared_storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, shared, ab::global_order, ab::system_clock>();
  auto a = bank.stream("a"), b = bank.stream("b");
  REQUIRE(ab::commit(a.write(deposited{1000}), b.write(deposited{1000})));
  std::atomic<int> odd = 0, moved = 0;
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done) {
      if (fold<balance>(bank)->cents != 2000) ++odd;
      auto const p = project<balance>(bank);
      if (p->state.cents != 2000 || p->through.value % 2 != 0) ++odd;
      if (bank.last().value % 2 != 0) ++odd;
      std::int64_t position = 0;
      auto latest = ab::timestamp{};
      for (auto const& e : *bank.read()) {
        if (e.position.value != ++position || e.at <= latest) ++odd;
        latest = e.at;
      }
      std::int64_t revision = 0;
      for (auto const& e : *a.read()) {
        if (e.revision.value != ++revision) ++odd;
      }
    }
  });
  in_threads(4, [&](int me) {
    auto const mine = bank.stream(*ab::name::parse("idle " + std::to_string(me)));
    for (int i = 0; i < 100; ++i) {
      auto const from = me % 2 == 0 ? a : b, to = me % 2 == 0 ? b : a;
      if (ab::commit(from.write(withdrawn{i}), to.write(deposited{i}))) ++moved;
      if (ab::commit(from.write(withdrawn{i}), to.write(deposited{i}), mine.expect(ab::stream_exists))) ++odd;
    }
  });
  done = true;
  reader.join();
  CHECK(odd == 0);
  CHECK(moved == 400);
  fixture.reopen(bank);
  CHECK(bank.last() == ab::position{802});
  CHECK(fold<balance>(bank)->cents == 2000);
}

TEMPLATE_LIST_TEST_CASE("a batch is never interleaved", "[R25][R26]", shared_storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, shared>();
  auto a = bank.stream("a");
  std::atomic<int> odd = 0;
  in_threads(threads, [&](int me) {
    for (int i = 0; i < 50; ++i) {
      std::vector<deposited> const batch(static_cast<std::size_t>(i % 7), deposited{me});
      auto const r = a.append_all(batch);
      if (!r || r->last.value - r->first.value + 1 != static_cast<std::int64_t>(batch.size())) ++odd;
      for (auto const& e : *a.read(ab::between(r->first, r->last))) {
        auto const* const d = e.data.template get_if<deposited>();
        if (!d || d->cents != me) ++odd;
      }
    }
  });
  CHECK(odd == 0);
}

TEMPLATE_LIST_TEST_CASE("streams and tables are made once, by whoever comes first", "[R26]", shared_storages) {
  TestType fixture;
  auto bank = fixture.template open<both_families, shared>();
  std::atomic<int> odd = 0;
  in_threads(threads, [&](int me) {
    for (int i = 0; i < 300; ++i) {
      auto const n = *ab::name::parse("s" + std::to_string(i % 100));
      auto s = stream<account_event>(bank, n);
      if (i < 100 && !s.append(deposited{me})) ++odd;
      if (stream<order_event>(bank, n).append(ordered{1})) ++odd;
      if (!kv<std::int64_t>(bank, n).put(n, i)) ++odd;
    }
  });
  CHECK(odd == 0);
  for (int i = 0; i < 100; ++i) {
    REQUIRE(stream<account_event>(bank, *ab::name::parse("s" + std::to_string(i))).last() == ab::revision{threads});
  }
}

}  // namespace
}  // namespace spine
