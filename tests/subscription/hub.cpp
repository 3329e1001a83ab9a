// A hub commits, then tells: whom, of what, in which order, and what becomes of those who fail.
#include "subscription/told.hpp"

#include <cstdint>
#include <optional>
#include <stdexcept>

namespace subscribing {
namespace {

TEMPLATE_LIST_TEST_CASE("every subscriber is told of what a hub has committed", "[subscription][R20][R22]", storages) {
  TestType fixture;
  auto bank = fixture.template open<both_families, ab::system_clock, ab::global_order>();
  auto a = stream<account_event>(bank, "a"), b = stream<account_event>(bank, "b");
  auto o = stream<order_event>(bank, "o");
  ab::hub hub(bank);
  lines all, of_a, deposits, both;
  std::vector<std::string> named;
  journal stored;
  auto const s1 = hub.subscribe(scribe{&all});
  auto const s2 = hub.subscribe(a, scribe{&of_a});
  auto const s3 = hub.template subscribe<deposited>(scribe{&deposits});
  auto const s4 = hub.template subscribe<deposited, ordered>([&](deposited const&) { both.emplace_back("+"); },
                                                             [&](ordered const&) { both.emplace_back("#"); });
  auto const s5 = hub.subscribe(ab::type_named("withdrawn"), [&](auto const& e) {
    named.push_back(std::string(e.stream) + ' ' + std::string(e.type()) + ' ' +
                    std::to_string(e.data.template get_if<withdrawn>()->cents));
  });
  auto const s6 = hub.subscribe([&](auto const& e, auto const& info) { stored.apply(e, info); });
  REQUIRE(s2);
  REQUIRE(s5);

  REQUIRE(a.append(noted{"before"}));  // not through the hub: nobody hears of it
  auto const r = hub.append(a, deposited{1});
  REQUIRE(r);
  CHECK(r->complete());
  CHECK(r->outcome.revision() == ab::revision{2});
  CHECK(r->outcome.position == ab::position{2});
  REQUIRE(hub.append(a, ab::exact(2), deposited{2}, withdrawn{3}));
  REQUIRE(hub.commit(b.write(deposited{4}), a.expect(ab::exact(4)), o.write(ordered{5}), a.write(noted{"six"})));
  REQUIRE(hub.append_all(b, std::vector<withdrawn>{{7}, {8}}));

  CHECK(all == lines{"a@2 +1", "a@3 +2", "a@4 -3", "b@1 +4", "o@1 #5", "a@5 six", "b@2 -7", "b@3 -8"});
  CHECK(of_a == lines{"a@2 +1", "a@3 +2", "a@4 -3", "a@5 six"});
  CHECK(deposits == lines{"a@2 +1", "a@3 +2", "b@1 +4"});
  CHECK(both == lines{"+", "+", "+", "#"});
  CHECK(named == lines{"a withdrawn 3", "b withdrawn 7", "b withdrawn 8"});
  // Told is what is stored, with its time and position.
  journal read;
  for (auto const& e : *bank.read(ab::from(2))) {
    e.data.visit([&](auto const& data) { read.apply(data, e); });
  }
  CHECK(stored == read);
}

TEMPLATE_LIST_TEST_CASE("what wasn't written isn't published", "[subscription][R20][R23]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  ab::hub hub(bank);
  lines told;
  auto const s = hub.subscribe(scribe{&told});
  CHECK(hub.append(a, ab::exact(5), deposited{1}).error() == ab::errc::wrong_revision);
  CHECK(hub.commit(a.write(deposited{1}), kv<int>(bank, "t").write("", 1)).error() == ab::errc::invalid_name);
  REQUIRE(hub.commit(a.expect(ab::no_stream)));
  REQUIRE(hub.append_all(a, std::vector<deposited>{}));
  REQUIRE(hub.commit(kv<int>(bank, "t").write("k", 1)));
  CHECK(told.empty());
  // A repeat of append_once is no commit of an event.
  REQUIRE(hub.commit(ab::write_once(a, "key", deposited{1})));
  REQUIRE(hub.commit(ab::write_once(a, "key", deposited{1})));
  CHECK(told == lines{"a@1 +1"});
  // What the same commit truncates was written all the same.
  REQUIRE(hub.commit(a.write(deposited{2}), a.write_truncation(ab::revision{2})));
  CHECK(a.size() == 0);
  CHECK(told == lines{"a@1 +1", "a@2 +2"});
  // Neither reading nor folding nor opening again publishes.
  REQUIRE(hub.append(a, deposited{3}));
  CHECK(a.size() == 1);
  CHECK(a.template fold<counted>(ab::stored)->n == 1);
  CHECK(told.size() == 3);
}

TEMPLATE_LIST_TEST_CASE("a subscription ends with its handle", "[subscription][R20]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  std::optional<ab::hub<decltype(bank)>> hub(std::in_place, bank);
  lines first, second;
  auto s = hub->subscribe(scribe{&first});
  CHECK(s);
  {
    auto const inner = hub->subscribe(scribe{&second});
    CHECK(inner.id() != s.id());
    REQUIRE(hub->append(a, deposited{1}));
  }
  REQUIRE(hub->append(a, deposited{2}));
  ab::subscription moved = std::move(s);
  REQUIRE(hub->append(a, deposited{3}));
  moved.unsubscribe();
  moved.unsubscribe();
  CHECK(!moved);
  REQUIRE(hub->append(a, deposited{4}));
  moved = hub->subscribe(scribe{&second});
  moved = hub->subscribe(scribe{&first});  // the one before ends
  REQUIRE(hub->append(a, deposited{5}));
  hub.reset();
  moved.unsubscribe();  // outlives the hub
  CHECK(first == lines{"a@1 +1", "a@2 +2", "a@3 +3", "a@5 +5"});
  CHECK(second == lines{"a@1 +1"});
}

TEMPLATE_LIST_TEST_CASE("a subscriber that fails harms nobody, and the caller learns of it", "[subscription][R20]",
                        storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  ab::hub hub(bank);
  lines before, after;
  auto const s1 = hub.subscribe(scribe{&before});
  auto const s2 = hub.template subscribe<deposited>([](deposited const& e) {
    if (e.cents < 0) throw std::runtime_error("below zero");
  });
  auto const s3 = hub.template subscribe<deposited, withdrawn>(
      [](deposited const& e, auto const& info) -> ab::result<void> {
        if (e.cents > 9) return ab::refuse("too much").at(info.stream);
        return {};
      },
      [](withdrawn const&) {});
  auto const s4 = hub.subscribe(scribe{&after});

  CHECK(hub.append(a, deposited{1})->complete());
  auto const r = hub.append(a, deposited{-1}, deposited{10}, withdrawn{1});
  REQUIRE(r);
  CHECK(r->outcome.last == ab::revision{4});
  CHECK(!r->complete());
  REQUIRE(r->failures.size() == 2);
  auto const& thrown = r->failures[0];
  CHECK(thrown.subscriber == s2.id());
  CHECK(thrown.why == ab::errc::thrown);
  CHECK(thrown.stream == "a");
  CHECK(thrown.revision == ab::revision{2});
  REQUIRE(thrown.exception);
  CHECK_THROWS_AS(std::rethrow_exception(thrown.exception), std::runtime_error);
  auto const& said = r->failures[1];
  CHECK(said.subscriber == s3.id());
  CHECK(said.why == ab::errc::refused);
  CHECK(said.revision == ab::revision{3});
  CHECK(!said.exception);
  CHECK(r->unlisted == 0);
  CHECK(before == lines{"a@1 +1", "a@2 +-1", "a@3 +10", "a@4 -1"});
  CHECK(after == before);
  CHECK(a.last() == ab::revision{4});
  // It is still subscribed.
  CHECK(hub.append(a, deposited{-1})->failures.size() == 1);
}

TEMPLATE_LIST_TEST_CASE("who subscribes where nothing can come is told so", "[subscription][R20][R22]", storages) {
  TestType fixture, other;
  auto bank = fixture.template open<both_families>();
  auto elsewhere = other.template open<both_families>();
  REQUIRE(stream<order_event>(bank, "o").append(ordered{1}));
  ab::hub hub(bank);
  lines told;
  CHECK(hub.subscribe(stream<account_event>(bank, "o"), scribe{&told}).error() == ab::errc::wrong_family);
  auto a = stream<account_event>(elsewhere, "a");
  CHECK(hub.subscribe(a, scribe{&told}).error() == ab::errc::different_stores);
  CHECK(hub.append(a, deposited{1}).error() == ab::errc::different_stores);
  CHECK(hub.replay(a).error() == ab::errc::different_stores);
  CHECK(a.size() == 0);
  // A name carries no version, whatever the stored form of it is.
  for (auto const* n : {"deposited/1", "deposited.v1", "Deposited", "deposited ", "", "spine::deposited"}) {
    auto const s = hub.subscribe(ab::type_named(n), [](auto const&) {});
    REQUIRE(!s);
    CHECK(s.error() == ab::errc::unknown_type);
  }
  CHECK(hub.subscribe(ab::type_named("deposited"), [](auto const&) {}));
}

namespace versioned {
struct deposited {
  static constexpr ab::definition definition{"deposited", 7};
  std::int64_t cents = 0;
};
}  // namespace versioned

TEMPLATE_LIST_TEST_CASE("the version of an event's definition plays no part in who is told", "[subscription][R22]",
                        storages) {
  TestType fixture;
  auto bank = fixture.template open<ab::one_of<versioned::deposited>>();
  ab::hub hub(bank);
  int by_type = 0, by_name = 0;
  auto const s1 = hub.template subscribe<versioned::deposited>([&](versioned::deposited const&) { ++by_type; });
  auto const s2 = hub.subscribe(ab::type_named("deposited"), [&](auto const&) { ++by_name; });
  REQUIRE(s2);
  REQUIRE(hub.append(bank.stream("a"), versioned::deposited{1}));
  CHECK(by_type == 1);
  CHECK(by_name == 1);
}

}  // namespace
}  // namespace subscribing
