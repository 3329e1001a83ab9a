// A snapshot in the place of the events that are in it: the states stay, the revisions go on, and nothing falls between.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include "catch.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace compaction {
namespace {

using ab::errc;
using spine::account_event;
using spine::balance;
using spine::deposited;

struct counted {
  std::int64_t n = 0;
  void apply(ab::others) { ++n; }
  friend bool operator==(counted const&, counted const&) = default;
};

template <class Stream>
void append_some(Stream a, int n) {
  for (int i = 1; i <= n; ++i) REQUIRE(a.append(deposited{i}));
}

TEMPLATE_LIST_TEST_CASE("after a compaction all is as the full replay was before", "[compaction][R18][R17]",
                        spine::storages) {
  TestType fixture;
  auto s = fixture.template open<account_event>();
  append_some(s.stream("a"), 10);
  auto const before = *s.stream("a").template fold<balance, counted>();
  auto const left = ab::compact<balance, counted>(s.stream("a"));
  REQUIRE(left);
  CHECK(*left == ab::revision{11});
  for (int again = 0; again < 3; ++again, fixture.reopen(s)) {
    auto a = s.stream("a");
    CHECK(a.size() == 0);
    CHECK(a.last() == ab::revision{10});
    CHECK(ab::load<balance>(a)->state == std::get<0>(before));
    CHECK(ab::load<counted>(a)->state == std::get<1>(before));
    CHECK(ab::load<counted>(a)->through == ab::revision{10});
    CHECK(a.template fold<balance>().error() == errc::truncated);
    // With nothing new it is the same again.
    CHECK(*ab::compact<balance, counted>(a) == ab::revision{11});
  }
  auto a = s.stream("a");
  REQUIRE(a.append(ab::exact(10), deposited{100}));
  CHECK(ab::load<balance>(a)->state.cents == 155);
  CHECK(*ab::compact<balance>(a) == ab::revision{12});
  CHECK(ab::load<balance>(a)->state.cents == 155);
  // The other's snapshot is older than what is left.
  CHECK(ab::load<counted>(a).error() == errc::truncated);
}

TEMPLATE_LIST_TEST_CASE("an empty stream, and one that can't be compacted", "[compaction][R18][R73]", spine::storages) {
  TestType fixture;
  auto s = fixture.template open<account_event>();
  auto a = s.stream("a");
  CHECK(*ab::compact<balance>(a) == ab::revision{1});
  CHECK(a.last() == ab::revision{0});
  append_some(a, 3);
  REQUIRE(a.truncate(ab::revision{2}));
  CHECK(ab::compact<counted>(a).error() == errc::truncated);
  CHECK(ab::compact<balance, counted>(a).error() == errc::truncated);
  CHECK(a.size() == 1);
  // A fold of the stream is no place to compact it.
  auto b = s.stream("b");
  append_some(b, 3);
  auto const inside = [&] { return ab::compact<balance>(b).error(); };
  struct compacting {
    decltype(inside) const* f = nullptr;
    errc said{};
    void apply(ab::others) { said = (*f)().code; }
  };
  CHECK(b.resume(ab::folded<compacting>{{&inside}, ab::revision{0}})->state.said == errc::busy);
  CHECK(b.size() == 3);
}

TEMPLATE_LIST_TEST_CASE("when a stream is compacted is a policy", "[compaction][R18]", spine::storages) {
  TestType fixture;
  auto s = fixture.template open<account_event, ab::manual_clock>();
  auto a = s.stream("a");
  append_some(a, 4);
  SECTION("every so many events") {
    CHECK_FALSE(*ab::maybe_compact<balance>(a, ab::every_events(5)));
    REQUIRE(a.append(deposited{5}));
    CHECK(*ab::maybe_compact<balance>(a, ab::every_events(5)));
    CHECK_FALSE(*ab::maybe_compact<balance>(a, ab::every_events(5)));
  }
  SECTION("by size") {
    auto const size = a.stored_bytes();
    CHECK(size > 0);
    CHECK_FALSE(*ab::maybe_compact<balance>(a, ab::larger_than(size + 1)));
    fixture.reopen(s);
    a = s.stream("a");
    CHECK(a.stored_bytes() == size);
    CHECK(*ab::maybe_compact<balance>(a, ab::larger_than(size)));
    CHECK(a.stored_bytes() == 0);
    CHECK_FALSE(*ab::maybe_compact<balance>(a, ab::larger_than(0)));
  }
  SECTION("by size, after a part has gone") {
    auto const size = a.stored_bytes();
    REQUIRE(a.truncate(ab::revision{2}));
    CHECK(a.stored_bytes() == size / 2);
    CHECK(ab::commit(a.write(deposited{1}), a.expect(ab::exact(0))).error() == errc::wrong_revision);
    CHECK(a.stored_bytes() == size / 2);
  }
  SECTION("by age") {
    REQUIRE(a.append(ab::at(ab::timestamp{1000}), deposited{1}));
    CHECK_FALSE(*ab::maybe_compact<balance>(s.stream("empty"), ab::older_than(0)));
    auto const age = a.now().nanoseconds - (*a.read()).front().at.nanoseconds;
    CHECK_FALSE(*ab::maybe_compact<balance>(a, ab::older_than(age + 100)));
    CHECK(*ab::maybe_compact<balance>(a, ab::older_than(age)));
  }
  SECTION("by a callable") {
    CHECK_FALSE(*ab::maybe_compact<balance>(a, [](auto const& stream) { return stream.size() > 100; }));
    auto const refuses = [](auto const&) -> ab::result<bool> { return ab::error(errc::refused, "no", "wait"); };
    CHECK(ab::maybe_compact<balance>(a, refuses).error() == errc::refused);
    CHECK(a.size() == 4);
  }
}

TEMPLATE_LIST_TEST_CASE("an older snapshot doesn't take a newer one's place", "[compaction][R17][R18]",
                        spine::storages) {
  TestType fixture;
  auto s = fixture.template open<account_event, ab::global_order>();
  auto a = s.stream("a");
  append_some(a, 3);
  auto const old = *ab::load<balance>(a);
  auto const old_of_all = *ab::load<counted>(s);
  append_some(a, 2);
  REQUIRE(ab::snapshot<counted>(s));
  REQUIRE(ab::compact<balance>(a));
  CHECK(ab::commit(ab::write_snapshot(a, old))->through == ab::revision{5});
  CHECK(ab::commit(ab::write_snapshot(s, old_of_all))->through == ab::position{5});
  CHECK(ab::load<balance>(a)->state.cents == 9);
  CHECK(ab::load<counted>(s)->state.n == 5);
  // One that claims what never was is replaced.
  REQUIRE(ab::commit(ab::write_snapshot(a, ab::folded<counted>{{9}, ab::revision{99}})));
  REQUIRE(ab::commit(ab::write_snapshot(a, ab::folded<counted>{{5}, ab::revision{5}})));
  CHECK(ab::load<counted>(a)->state.n == 5);
}

template <class Fixture>
void compacts_while_others_append() {
  Fixture fixture;
  auto s = fixture.template open<account_event, ab::locked<std::mutex>>();
  constexpr int writers = 3, compacters = 3, each = 60;
  std::atomic<int> at_work = writers, wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < writers; ++t) {
    threads.emplace_back([&] {
      auto a = s.stream("a");
      for (int i = 0; i < each; ++i) wrong += a.append(deposited{1}) ? 0 : 1;
      --at_work;
    });
  }
  for (int t = 0; t < compacters; ++t) {
    threads.emplace_back([&, t] {
      auto const a = s.stream("a");
      while (at_work > 0) {
        auto const r = t == 0 ? ab::snapshot<balance>(a).transform([](auto const&) { return ab::revision{}; })
                              : ab::compact<balance>(a);
        // Between reading the snapshot and the tail, somebody else may have compacted: then there is a newer snapshot.
        if (!r) ++wrong;
        auto const now = ab::load<balance>(a);
        if (!now || now->state.cents != now->through.value) ++wrong;
        std::this_thread::yield();
      }
    });
  }
  for (auto& t : threads) t.join();
  CHECK(wrong == 0);
  CHECK(ab::load<balance>(s.stream("a"))->state.cents == writers * each);
  fixture.reopen(s);
  CHECK(ab::load<balance>(s.stream("a"))->state.cents == writers * each);
  CHECK(s.stream("a").last() == ab::revision{writers * each});
}

TEST_CASE("compacting while others append loses nothing", "[compaction][R18][R26]") {
  compacts_while_others_append<spine::in_memory>();
  compacts_while_others_append<spine::on_file>();
  compacts_while_others_append<spine::on_file_with<ab::sync_group>>();
}

}  // namespace
}  // namespace compaction
