// Views: a value is never stale, a peek may lag, and an attached view follows its own stream only.
#include "subscription/told.hpp"

#include <mutex>
#include <stdexcept>

namespace subscribing {
namespace {

// Counts its steps, so that a test sees what was folded again.
struct stepped {
  std::int64_t cents = 0;
  static inline int steps = 0;
  void apply(deposited const& e) {
    ++steps;
    if (e.cents == 13) throw std::runtime_error("thirteen");
    cents += e.cents;
  }
  void apply(ab::others) { ++steps; }
};

TEMPLATE_LIST_TEST_CASE("a value is never stale, and a peek says how far it is", "[subscription][R21]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a"), b = bank.stream("b");
  ab::hub hub(bank);
  auto const v = ab::view<balance>(a), named = ab::view<balance>("alice's", a), of_b = ab::view<balance>(b);
  CHECK(v.name() == "balance");
  CHECK(named.name() == "alice's");
  CHECK(v.of().name() == a.name());
  CHECK(v.peek()->through == ab::revision{0});
  CHECK(v.value()->state == balance{});
  REQUIRE(a.append(deposited{1}));
  CHECK(v.peek()->through == ab::revision{0});
  CHECK(v.value()->state.cents == 1);
  CHECK(v.peek()->state.cents == 1);
  CHECK(v.peek()->through == ab::revision{1});

  // What is not attached follows nothing by itself.
  auto const attached = named.attach(hub);
  REQUIRE(attached);
  auto const attached_b = of_b.attach(hub);
  REQUIRE(hub.append(a, deposited{2}, noted{"n"}));
  CHECK(v.peek()->through == ab::revision{1});
  CHECK(named.peek()->state == balance{3, "n"});
  CHECK(named.peek()->through == ab::revision{3});
  CHECK(of_b.peek()->through == ab::revision{0});
  // What a raw append adds is lagged behind, and taken along with what is published next.
  REQUIRE(a.append(deposited{10}));
  CHECK(named.peek()->through == ab::revision{3});
  CHECK(named.value()->through == ab::revision{4});
  REQUIRE(a.append(deposited{100}));
  REQUIRE(hub.append(b, deposited{7}));
  CHECK(named.peek()->through == ab::revision{4});
  REQUIRE(hub.append(a, deposited{1000}));
  CHECK(named.peek()->state.cents == 1113);
  CHECK(of_b.peek()->state.cents == 7);
  CHECK(v.value()->state == named.value()->state);

  // What is held stays as it is; what is attached and dropped follows no more.
  auto const held = named.peek();
  {
    auto const again = v.attach(hub);
    REQUIRE(hub.append(a, deposited{10000}));
    CHECK(v.peek()->state.cents == 11113);
  }
  CHECK(held->state.cents == 1113);
  CHECK(named.peek()->state.cents == 11113);
  REQUIRE(hub.append(a, deposited{1}));
  CHECK(v.peek()->state.cents == 11113);
  CHECK(v.value()->state.cents == 11114);
}

TEMPLATE_LIST_TEST_CASE("a view folds each event once", "[subscription][R21]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  ab::hub hub(bank);
  REQUIRE(a.append(deposited{1}, deposited{2}));
  auto const v = ab::view<stepped>(a);
  auto const s = v.attach(hub);
  stepped::steps = 0;
  CHECK(v.value()->state.cents == 3);
  CHECK(v.value()->state.cents == 3);
  CHECK(stepped::steps == 2);
  REQUIRE(hub.append(a, deposited{3}));
  CHECK(v.value()->state.cents == 6);
  REQUIRE(a.append(deposited{4}));
  REQUIRE(hub.append(a, deposited{5}));
  CHECK(v.follow());
  CHECK(v.peek()->state.cents == 15);
  CHECK(stepped::steps == 5);
  // A replay is nothing new.
  REQUIRE(hub.replay(a));
  CHECK(v.peek()->state.cents == 15);
  CHECK(stepped::steps == 5);
}

TEMPLATE_LIST_TEST_CASE("a step that throws leaves no half of a state", "[subscription][R21]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  ab::hub hub(bank);
  auto const v = ab::view<stepped>(a);
  auto const s = v.attach(hub);
  REQUIRE(hub.append(a, deposited{1}));
  auto const r = hub.append(a, deposited{2}, deposited{13}, deposited{4});
  REQUIRE(r);
  CHECK(r->failures.size() == 2);  // the thirteenth, and what can't be folded past it
  CHECK(r->failures[0].why == ab::errc::thrown);
  CHECK(v.peek()->through == ab::revision{0});
  CHECK_THROWS_AS((void)v.value(), std::runtime_error);
  REQUIRE(a.truncate(ab::revision{3}));
  CHECK(v.value().error() == ab::errc::truncated);
}

TEMPLATE_LIST_TEST_CASE("a view goes on over a compaction", "[subscription][R21][R18]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  auto const early = ab::view<balance>(a), late = ab::view<balance>(a), never = ab::view<balance>(a);
  REQUIRE(a.append(deposited{1}, deposited{2}));
  CHECK(early.value()->state.cents == 3);
  REQUIRE(a.append(deposited{4}));
  auto const kept = *ab::load<balance>(a);
  REQUIRE(ab::commit(ab::write_snapshot(a, kept), a.write_truncation(kept.through)));
  REQUIRE(a.append(deposited{8}));
  CHECK(early.value()->state.cents == 15);  // by the snapshot, since the third event is gone
  CHECK(late.value()->state.cents == 15);
  REQUIRE(a.truncate(ab::revision{4}));
  CHECK(early.value()->state.cents == 15);
  CHECK(never.value().error() == ab::errc::truncated);
}

TEMPLATE_LIST_TEST_CASE("a view of another family's stream says so", "[subscription][R21][R73]", storages) {
  TestType fixture;
  auto bank = fixture.template open<both_families, ab::locked<std::mutex>>();
  REQUIRE(stream<order_event>(bank, "o").append(ordered{1}));
  ab::hub hub(bank);
  auto const v = ab::view<balance>(stream<account_event>(bank, "o"));
  CHECK(v.value().error() == ab::errc::wrong_family);
  CHECK(v.attach(hub).error() == ab::errc::wrong_family);
  CHECK(v.peek()->through == ab::revision{0});
}

}  // namespace
}  // namespace subscribing
