// Many threads that commit through one hub: every subscriber is told of every event once, in order.
#include "subscription/told.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace subscribing {
namespace {

constexpr int threads = 8, each = 60;

// Catch's assertions are for one thread, so threads count what they see.
template <class F>
void in_threads(int n, F const& f) {
  std::vector<std::thread> all;
  for (int i = 0; i < n; ++i) all.emplace_back([&f, i] { f(i); });
  for (auto& t : all) t.join();
}

// Counts what comes out of order. A callback runs in one thread at a time, so it needs no lock of its own.
struct watch {
  std::map<std::string, std::int64_t, std::less<>> last{};
  std::int64_t position = 0, events = 0, odd = 0;
  void take(auto const& info) {
    ++events;
    auto& l = last[std::string(info.stream)];
    if (info.revision.value != ++l) ++odd;
    if constexpr (requires { info.position.value; }) {
      if (info.position.value != ++position) ++odd;
    }
  }
};

template <class Fixture, class... Policies>
void tells_each_once() {
  Fixture fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>, Policies...>();
  ab::hub hub(bank);
  watch all, deposits, echoes;
  auto const s1 = hub.subscribe([&](auto const&, auto const& info) { all.take(info); });
  auto const shared = bank.stream("shared"), echo = bank.stream("echo");
  auto const s2 = hub.subscribe(shared, [&](auto const&, auto const& info) {
    deposits.events += 1;
    if (info.revision.value != ++deposits.last["shared"]) ++deposits.odd;
  });
  // One that commits from inside, and one that fails now and then.
  auto const s3 = hub.template subscribe<noted>([&](noted const&) { (void)hub.append(echo, withdrawn{1}); });
  auto const s4 = hub.subscribe(
      [](deposited const& e) -> ab::result<void> {
        if (e.cents == 7) return ab::refuse("seven");
        return {};
      },
      [](ab::others) {});
  auto const v = ab::view<balance>(shared);
  auto const s5 = v.attach(hub);
  REQUIRE(s5);

  std::atomic<int> failures = 0, foreign = 0, lost = 0, behind = 0;
  in_threads(threads, [&](int me) {
    auto own = bank.stream(*ab::name::parse("own " + std::to_string(me)));
    for (int i = 0; i < each; ++i) {
      auto const r = i % 10 == 0 ? hub.append(shared, noted{"n"}) : hub.append(shared, deposited{i % 10});
      auto const q = hub.commit(own.write(deposited{7}, withdrawn{1}), shared.write(withdrawn{0}));
      if (!r || !q) {
        ++lost;
        continue;
      }
      // What was told before the call came back is in the view.
      if (v.peek()->through < std::get<1>(q->outcome).last) ++behind;
      // Each is given its own failures, whichever thread has delivered.
      for (auto const& f : q->failures) {
        (f.stream == own.name().view() && f.revision == std::get<0>(q->outcome).first ? failures : foreign)++;
      }
      for (auto const& f : r->failures) (f.stream == "shared" && f.revision == r->outcome.last ? failures : foreign)++;
      if (i % 7 == 0) {
        // Comes and goes while others are told.
        int seen = 0;
        auto const brief = hub.subscribe(own, [&seen](ab::others) { ++seen; });
        if (!hub.append(own, noted{"gone"})) ++lost;
        if (seen != 1) ++lost;
        if (!own.truncate(ab::revision{1})) ++lost;
      }
      if (i % 16 == 0) (void)v.value();
    }
  });
  CHECK(lost == 0);
  CHECK(behind == 0);
  CHECK(foreign == 0);
  CHECK(failures == threads * (each + each / 10));
  CHECK(all.odd == 0);
  CHECK(deposits.odd == 0);
  CHECK(deposits.events == shared.last().value);
  CHECK(shared.last().value == 2 * threads * each);
  std::int64_t in_log = shared.last().value + echo.last().value;
  for (int t = 0; t < threads; ++t) in_log += bank.stream(*ab::name::parse("own " + std::to_string(t))).last().value;
  CHECK(all.events == in_log);
  CHECK(echo.last().value >= threads * (each / 10));
  CHECK(v.value()->through == shared.last());
  CHECK(v.value()->state == *fold<balance>(shared));
}

TEST_CASE("eight threads through one hub in memory", "[subscription][R20]") {
  tells_each_once<in_memory>();
  tells_each_once<in_memory, ab::global_order>();
}
TEST_CASE("eight threads through one hub in files", "[subscription][R20]") {
  tells_each_once<on_file, ab::global_order>();
}
TEST_CASE("eight threads that share their syncs through one hub", "[subscription][R20]") {
  tells_each_once<on_file_with<ab::sync_group>>();
  tells_each_once<on_file_with<ab::sync_group>, ab::global_order>();
}

template <class Fixture>
void skips_nothing() {
  Fixture fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>, ab::global_order>();
  std::atomic<bool> done = false;
  std::atomic<int> lost = 0;
  std::array<watch, 3> seen{};
  std::vector<std::thread> followers;
  for (auto& w : seen) {
    followers.emplace_back([&] {
      auto s = ab::catch_up(bank, ab::position{0});
      for (bool last_time = false;; last_time = done) {
        auto const n = s.poll(50, [&w](auto const&, auto const& info) { w.take(info); });
        if (!n) ++lost;
        if (last_time && n && *n == 0) break;
      }
    });
  }
  in_threads(threads, [&](int me) {
    auto own = bank.stream(*ab::name::parse("own " + std::to_string(me % 3)));
    for (int i = 0; i < each; ++i) {
      if (!ab::commit(own.write(deposited{1}, deposited{2}), bank.stream("shared").write(deposited{3}))) ++lost;
      if (own.append(ab::exact(-5), deposited{1})) ++lost;
    }
  });
  done = true;
  for (auto& f : followers) f.join();
  CHECK(lost == 0);
  for (auto const& w : seen) {
    CHECK(w.odd == 0);
    CHECK(w.events == 3 * threads * each);
  }
}

TEMPLATE_LIST_TEST_CASE("a catch-up subscription skips nothing while others write", "[subscription][R20]",
                        shared_storages) {
  skips_nothing<TestType>();
}

// Two workers of one name share the effects of a stream: each happens once.
TEMPLATE_LIST_TEST_CASE("workers of one name have each effect once", "[subscription][R20][R26]", shared_storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>, ab::global_order>();
  auto a = bank.stream("a");
  REQUIRE(a.append_all(std::vector<deposited>(200, deposited{1})));
  std::atomic<int> odd = 0;
  in_threads(4, [&](int) {
    auto sum = kv<std::int64_t>(bank, "sum");
    for (;;) {
      auto s = ab::catch_up("worker", a);
      if (!s) {
        ++odd;
        return;
      }
      auto const n = s->poll(
          20,
          [&](deposited const& e) -> ab::result<void> {
            auto const r =
                ab::commit(s->write_checkpoint(), a.write(noted{"done"}), sum.write("n", [&, e] { return e.cents; }));
            if (!r) return r.error();
            return {};
          },
          [](ab::others) {});
      if (!n && n.error() != ab::errc::value_mismatch) ++odd;
      if (s->checkpoint().value >= 200) return;
    }
  });
  CHECK(odd == 0);
  CHECK(a.last() == ab::revision{400});
}

}  // namespace
}  // namespace subscribing
