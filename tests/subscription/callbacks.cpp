// What subscribers may do from inside: subscribe, unsubscribe, commit; and what is told again.
#include "subscription/told.hpp"

#include <memory>
#include <mutex>
#include <optional>

namespace subscribing {
namespace {

// Under a lock, what a callback does to the hub comes back to locks that its thread holds.
template <class Fixture, class... Policies>
void inside(auto const& body) {
  {
    Fixture fixture;
    auto bank = fixture.template open<account_event, Policies...>();
    body(bank);
  }
  Fixture fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>, Policies...>();
  body(bank);
}

TEMPLATE_LIST_TEST_CASE("what a subscriber commits is told after what is being told", "[subscription][R20]",
                        shared_storages) {
  inside<TestType>([](auto& bank) {
    auto a = bank.stream("a"), fees = bank.stream("fees");
    ab::hub hub(bank);
    lines told;
    int depth = 0, deepest = 0;
    bool deferred = false;
    auto const s1 = hub.subscribe(
        a,
        [&](deposited const& e) {
          deepest = std::max(deepest, ++depth);
          if (e.cents > 1) {
            auto const r = hub.append(a, deposited{e.cents / 2});
            deferred = r && r->deferred && !r->complete() && r->failures.empty();
            (void)fees.append(noted{"raw"});
          }
          (void)hub.append(fees, withdrawn{e.cents});
          --depth;
        },
        [](ab::others) {});
    auto const s2 = hub.subscribe(scribe{&told});
    auto const s3 = hub.subscribe(
        fees,
        [](withdrawn const& e) -> ab::result<void> {
          if (e.cents == 1) return ab::refuse("too little");
          return {};
        },
        [](ab::others) {});
    auto const r = hub.append(a, deposited{4}, noted{"last of the batch"});
    REQUIRE(r);
    CHECK(told == lines{"a@1 +4", "a@2 last of the batch", "a@3 +2", "fees@2 -4", "a@4 +1", "fees@4 -2", "fees@5 -1"});
    CHECK(deferred);
    CHECK(deepest == 1);
    // The failure on what was committed inside comes with the commit from which it was delivered.
    CHECK(r->outcome.last == ab::revision{2});
    REQUIRE(r->failures.size() == 1);
    CHECK(r->failures[0].stream == "fees");
    CHECK(r->failures[0].revision == ab::revision{5});
  });
}

TEMPLATE_LIST_TEST_CASE("who subscribes from inside is told of what is committed afterwards", "[subscription][R20]",
                        storages) {
  inside<TestType>([](auto& bank) {
    auto a = bank.stream("a");
    ab::hub hub(bank);
    lines late;
    std::vector<ab::subscription> more;
    auto const s = hub.subscribe(
        [&](deposited const&) {
          if (more.empty()) {
            more.push_back(hub.subscribe(scribe{&late}));
            (void)hub.append(a, noted{"inner"});
          }
        },
        [](ab::others) {});
    REQUIRE(hub.append(a, deposited{1}, deposited{2}));
    CHECK(late == lines{"a@3 inner"});
    REQUIRE(hub.append(a, deposited{3}));
    CHECK(late == lines{"a@3 inner", "a@4 +3"});
  });
}

// The callable must not go while it runs: what it holds is looked at after it has unsubscribed itself.
TEMPLATE_LIST_TEST_CASE("who is unsubscribed from inside isn't told any more", "[subscription][R20]", storages) {
  inside<TestType>([](auto& bank) {
    auto a = bank.stream("a");
    ab::hub hub(bank);
    lines earlier, later;
    std::optional<ab::subscription> first, self, last;
    auto const held = std::make_shared<int>(1);
    int calls = 0;
    first = hub.subscribe(scribe{&earlier});
    self = hub.subscribe(
        [&, held](deposited const&) {
          self.reset();
          first.reset();
          last.reset();
          calls += *held;
        },
        [](ab::others) {});
    last = hub.subscribe(scribe{&later});
    CHECK(held.use_count() == 2);
    REQUIRE(hub.append(a, deposited{1}, deposited{2}));
    CHECK(calls == 1);
    CHECK(held.use_count() == 1);  // gone with the delivery
    CHECK(earlier == lines{"a@1 +1"});
    CHECK(later.empty());
    REQUIRE(hub.append(a, deposited{3}));
    CHECK(earlier.size() == 1);
  });
}

TEMPLATE_LIST_TEST_CASE("a subscriber that owns subscriptions ends them with itself", "[subscription][R20]", storages) {
  inside<TestType>([](auto& bank) {
    auto a = bank.stream("a");
    ab::hub hub(bank);
    lines told;
    auto owned = std::make_shared<ab::subscription>(hub.subscribe(scribe{&told}));
    std::optional<ab::subscription> owner = hub.subscribe([owned](ab::others) {});
    owned.reset();
    REQUIRE(hub.append(a, deposited{1}));
    owner.reset();
    REQUIRE(hub.append(a, deposited{2}));
    CHECK(told == lines{"a@1 +1"});
    // The same from inside a callback.
    owned = std::make_shared<ab::subscription>(hub.subscribe(scribe{&told}));
    owner = hub.subscribe([&owner, owned](ab::others) { owner.reset(); });
    owned.reset();
    REQUIRE(hub.append(a, deposited{3}));
    REQUIRE(hub.append(a, deposited{4}));
    CHECK(told == lines{"a@1 +1", "a@3 +3"});
  });
}

TEMPLATE_LIST_TEST_CASE("a replay is told only when asked for, and to no reactor", "[subscription][R23][R19]",
                        storages) {
  inside<TestType, ab::global_order>([](auto& bank) {
    auto a = bank.stream("a"), b = bank.stream("b");
    REQUIRE(a.append(deposited{1}, deposited{2}, withdrawn{3}));
    ab::hub hub(bank);
    lines all, of_b;
    int sent = 0;
    auto const s1 = hub.subscribe(scribe{&all});
    auto const s2 = hub.subscribe(b, scribe{&of_b});
    auto const s3 = hub.subscribe(mailer{&sent});
    REQUIRE(hub.append(b, deposited{4}));
    CHECK(all == lines{"b@1 +4"});
    CHECK(sent == 1);
    all.clear();

    REQUIRE(hub.replay(a, ab::from(2)));
    CHECK(all == lines{"a@2 +2", "a@3 -3"});
    CHECK(of_b.size() == 1);
    all.clear();
    REQUIRE(hub.replay());
    CHECK(all == lines{"a@1 +1", "a@2 +2", "a@3 -3", "b@1 +4"});
    CHECK(of_b == lines{"b@1 +4", "b@1 +4"});
    CHECK(sent == 1);
    CHECK(bank.last() == ab::position{4});

    REQUIRE(a.truncate(ab::revision{1}));
    all.clear();
    CHECK(hub.replay(a, ab::from(1)).error() == ab::errc::truncated);
    CHECK(hub.replay(ab::from(1)).error() == ab::errc::truncated);
    CHECK(all.empty());
    REQUIRE(hub.replay(a));  // what there is
    CHECK(all.size() == 2);

    // Asked for from inside, it waits for its turn.
    all.clear();
    bool once = true;
    auto const s4 = hub.subscribe(b, [&](auto const&) {
      if (std::exchange(once, false)) (void)hub.replay(b, ab::from(1));
    });
    REQUIRE(hub.append(b, noted{"n"}, noted{"m"}));
    CHECK(all == lines{"b@2 n", "b@3 m", "b@1 +4", "b@2 n", "b@3 m"});
  });
}

TEMPLATE_LIST_TEST_CASE("a commit through a hub from inside a fold is refused like any other", "[subscription][R20]",
                        storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>>();
  auto a = bank.stream("a");
  ab::hub hub(bank);
  lines told;
  auto const s = hub.subscribe(scribe{&told});
  REQUIRE(a.append(deposited{1}));
  struct committing {
    std::optional<ab::error> append{}, replay{};
    decltype(hub)* at = nullptr;
    decltype(a)* to = nullptr;
    void apply(ab::others) {
      append = at->append(*to, deposited{2}).error();
      replay = at->replay(*to).error();
    }
  };
  ab::folded<committing> start;
  start.state.at = &hub;
  start.state.to = &a;
  auto const r = a.resume(start);
  REQUIRE(r);
  CHECK(*r->state.append == ab::errc::busy);
  CHECK(*r->state.replay == ab::errc::busy);
  CHECK(told.empty());
  REQUIRE(hub.append(a, deposited{3}));
  CHECK(told == lines{"a@2 +3"});
}

}  // namespace
}  // namespace subscribing
