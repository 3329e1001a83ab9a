// Subscriptions that begin at a checkpoint: nothing is passed over, and what was done is not done again.
#include "subscription/told.hpp"

#include <cstdint>
#include <stdexcept>

namespace subscribing {
namespace {

TEMPLATE_LIST_TEST_CASE("a catch-up subscription takes what is new, in order, so many at a time", "[subscription][R20]",
                        storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order>();
  auto a = bank.stream("a"), b = bank.stream("b");
  REQUIRE(a.append(deposited{1}, deposited{2}));
  REQUIRE(b.append(withdrawn{3}));
  REQUIRE(a.append(noted{"four"}));
  lines of_a, all;
  auto one = ab::catch_up(a, ab::revision{0});
  auto whole = ab::catch_up(bank, ab::position{0});
  CHECK(*one.poll(0, scribe{&of_a}) == 0);
  CHECK(*one.poll(2, scribe{&of_a}) == 2);
  CHECK(one.checkpoint() == ab::revision{2});
  CHECK(*one.poll(2, scribe{&of_a}) == 1);
  CHECK(*one.poll(2, scribe{&of_a}) == 0);
  CHECK(of_a == lines{"a@1 +1", "a@2 +2", "a@3 four"});
  CHECK(*whole.poll(3, scribe{&all}) == 3);
  CHECK(whole.checkpoint() == ab::position{3});
  REQUIRE(b.append(deposited{5}));
  CHECK(*whole.poll(100, scribe{&all}) == 2);
  CHECK(all == lines{"a@1 +1", "a@2 +2", "b@1 -3", "a@3 four", "b@2 +5"});
  CHECK(*whole.poll(100, scribe{&all}) == 0);

  // From the middle, and from now on.
  of_a.clear();
  auto middle = ab::catch_up(a, ab::revision{2});
  auto later = ab::catch_up(a, a.last());
  CHECK(*middle.poll(9, scribe{&of_a}) == 1);
  CHECK(*later.poll(9, scribe{&of_a}) == 0);
  CHECK(of_a == lines{"a@3 four"});
  int sent = 0;
  middle.seek(ab::revision{0});
  CHECK(*middle.poll(9, mailer{&sent}) == 3);
  CHECK(sent == 2);
  // A stream that isn't there has nothing new; it may come yet.
  auto none = ab::catch_up(bank.stream("none"), ab::revision{0});
  CHECK(*none.poll(9, scribe{&of_a}) == 0);
}

TEMPLATE_LIST_TEST_CASE("more events than a portion holds are all taken", "[subscription][R20]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order>();
  auto a = bank.stream("a");
  REQUIRE(a.append_all(std::vector<deposited>(1000, deposited{1})));
  std::int64_t expected = 0, odd = 0;
  auto const in_order = [&](auto const&, auto const& info) { odd += info.revision.value != ++expected; };
  auto one = ab::catch_up(a, ab::revision{0});
  CHECK(*one.poll(600, in_order) == 600);
  CHECK(*one.poll(600, in_order) == 400);
  expected = 0;
  auto whole = ab::catch_up(bank, ab::position{0});
  CHECK(*whole.poll(SIZE_MAX, in_order) == 1000);
  CHECK(odd == 0);
}

TEMPLATE_LIST_TEST_CASE("a subscription stays before the event that it failed on", "[subscription][R20][R57]",
                        storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  REQUIRE(a.append(deposited{1}, deposited{2}, deposited{3}));
  auto s = ab::catch_up(a, ab::revision{0});
  lines told;
  bool fails = true;
  auto const picky = [&](deposited const& e, auto const& info) -> ab::result<void> {
    CHECK(s.checkpoint() == info.revision);
    if (e.cents == 2 && fails) return ab::refuse("not yet").at("here");
    scribe{&told}(e, info);
    return {};
  };
  auto const r = s.poll(9, picky, [](ab::others) {});
  REQUIRE(!r);
  CHECK(r.error() == ab::errc::refused);
  CHECK(r.error().where == "here");
  CHECK(s.checkpoint() == ab::revision{1});
  auto const throwing = [](deposited const&) { throw std::runtime_error("no"); };
  CHECK_THROWS_AS((void)s.poll(9, throwing, [](ab::others) {}), std::runtime_error);
  CHECK(s.checkpoint() == ab::revision{1});
  fails = false;
  CHECK(*s.poll(9, picky, [](ab::others) {}) == 2);
  CHECK(told == lines{"a@1 +1", "a@2 +2", "a@3 +3"});
}

TEMPLATE_LIST_TEST_CASE("what was removed is never passed over in silence", "[subscription][R20][R31]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order>();
  auto a = bank.stream("a"), b = bank.stream("b");
  REQUIRE(a.append(deposited{1}, deposited{2}, deposited{3}));
  REQUIRE(b.append(deposited{4}));
  lines told;
  auto one = ab::catch_up(a, ab::revision{0}), at_edge = ab::catch_up(a, ab::revision{2});
  auto whole = ab::catch_up(bank, ab::position{0}), beyond = ab::catch_up(bank, ab::position{2});
  REQUIRE(a.truncate(ab::revision{2}));
  for (int again = 0; again < 2; ++again) {
    auto const r = one.poll(9, scribe{&told});
    REQUIRE(!r);
    CHECK(r.error() == ab::errc::truncated);
    CHECK(whole.poll(9, scribe{&told}).error() == ab::errc::truncated);
    CHECK(one.checkpoint() == ab::revision{0});
    CHECK(told.empty());
  }
  CHECK(*at_edge.poll(9, scribe{&told}) == 1);
  CHECK(*beyond.poll(9, scribe{&told}) == 2);
  CHECK(told == lines{"a@3 +3", "a@3 +3", "b@1 +4"});
  // Passing over is said.
  told.clear();
  one.seek(ab::revision{2});
  CHECK(*one.poll(9, scribe{&told}) == 1);
  // A checkpoint from a log that was longer than this one.
  auto ahead = ab::catch_up(a, ab::revision{4});
  CHECK(ahead.poll(9, scribe{&told}).error() == ab::errc::out_of_range);
  auto far = ab::catch_up(bank, ab::position{5});
  CHECK(far.poll(9, scribe{&told}).error() == ab::errc::out_of_range);
}

// Effects of the events, counted in the store itself.
template <class Subscription, class Table>
ab::result<std::size_t> count_in(Table effects, Subscription& s, std::size_t most) {
  return s.poll(
      most,
      [&](deposited const& e, auto const& info) -> ab::result<void> {
        auto const key = std::string(info.stream) + '@' + std::to_string(info.revision.value);
        auto const done = ab::commit(effects.write_new(key, e.cents), s.write_checkpoint());
        if (!done) return done.error();
        return {};
      },
      [](ab::others) {});
}

TEMPLATE_LIST_TEST_CASE("a checkpoint that is kept with the effects goes on after a restart", "[subscription][R20]",
                        storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order>();
  {
    auto a = bank.stream("a"), b = bank.stream("b");
    REQUIRE(a.append(deposited{1}, deposited{2}, deposited{3}));
    REQUIRE(b.append(deposited{4}, withdrawn{5}));
    auto effects = kv<std::int64_t>(bank, "effects");
    auto s = ab::catch_up("counter", bank);
    REQUIRE(s);
    CHECK(*count_in(effects, *s, 2) == 2);
    auto of_b = ab::catch_up("counter", b);
    REQUIRE(of_b);
    CHECK(*of_b->poll(9, [](ab::others) {}) == 2);
    auto const kept = ab::commit(of_b->write_checkpoint());
    REQUIRE(kept);
    CHECK(*kept == ab::revision{2});
  }
  fixture.reopen(bank);
  auto effects = kv<std::int64_t>(bank, "effects");
  auto s = ab::catch_up("counter", bank);
  REQUIRE(s);
  CHECK(s->checkpoint() == ab::position{2});
  CHECK(*count_in(effects, *s, 99) == 3);
  CHECK(effects.keys()->size() == 4);
  // The last event has no effect, so nothing kept that it was dealt with; doing nothing twice is harmless.
  CHECK(ab::catch_up("counter", bank)->checkpoint() == ab::position{4});
  CHECK(ab::catch_up("counter", bank.stream("b"))->checkpoint() == ab::revision{2});
  CHECK(ab::catch_up("counter", bank.stream("a"))->checkpoint() == ab::revision{0});
  CHECK(ab::catch_up("other", bank)->checkpoint() == ab::position{0});
}

TEMPLATE_LIST_TEST_CASE("of two subscriptions of one name, one has the effects", "[subscription][R20][R26]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order>();
  auto a = bank.stream("a");
  REQUIRE(a.append(deposited{1}, deposited{2}));
  auto effects = kv<std::int64_t>(bank, "effects");
  auto first = ab::catch_up("counter", a), second = ab::catch_up("counter", a);
  CHECK(*count_in(effects, *first, 1) == 1);
  auto const r = count_in(effects, *second, 9);
  REQUIRE(!r);
  CHECK((r.error() == ab::errc::value_mismatch || r.error() == ab::errc::key_exists));
  CHECK(second
            ->poll(9,
                   [&](ab::others) -> ab::result<void> {
                     auto const done = ab::commit(second->write_checkpoint());
                     if (!done) return done.error();
                     return {};
                   })
            .error() == ab::errc::value_mismatch);
  CHECK(second->checkpoint() == ab::revision{0});
  CHECK(*count_in(effects, *first, 9) == 1);
  CHECK(effects.keys()->size() == 2);
  // A commit that is refused leaves the kept checkpoint, and what is known of it.
  REQUIRE(a.append(deposited{3}));
  CHECK(*first->poll(1, [](ab::others) {}) == 1);
  CHECK(!ab::commit(first->write_checkpoint(), a.expect(ab::no_stream)));
  CHECK(ab::catch_up("counter", a)->checkpoint() == ab::revision{2});
  REQUIRE(ab::commit(first->write_checkpoint()));
  CHECK(ab::catch_up("counter", a)->checkpoint() == ab::revision{3});
  // One without a name keeps nothing.
  auto nameless = ab::catch_up(a, ab::revision{0});
  CHECK(ab::commit(nameless.write_checkpoint()).error() == ab::errc::invalid_name);
}

TEMPLATE_LIST_TEST_CASE("streams of another family, of another base and with long names", "[subscription][R20][R73]",
                        storages) {
  TestType fixture;
  auto s = fixture.template open<both_families, ab::revisions_from<0>>();
  REQUIRE(stream<order_event>(s, "o").append(ordered{1}));
  auto clash = ab::catch_up(stream<account_event>(s, "o"), ab::revision{-1});
  CHECK(clash.poll(9, [](ab::others) {}).error() == ab::errc::wrong_family);
  auto fresh = ab::catch_up("first", stream<order_event>(s, "o"));
  REQUIRE(fresh);
  CHECK(fresh->checkpoint() == ab::revision{-1});
  CHECK(*fresh->poll(9, [](ordered const& e, auto const& info) { CHECK(info.revision.value + 1 == e.item); }) == 1);
  CHECK(fresh->checkpoint() == ab::revision{0});
  REQUIRE(ab::commit(fresh->write_checkpoint()));
  CHECK(ab::catch_up("first", stream<order_event>(s, "o"))->checkpoint() == ab::revision{0});

  auto const long_name = *ab::name::parse(std::string(ab::name::max_size, 'x'));
  auto x = stream<order_event>(s, long_name);
  REQUIRE(x.append(ordered{1}));
  auto long_one = ab::catch_up(long_name, x);
  REQUIRE(long_one);
  CHECK(*long_one->poll(9, [](ab::others) {}) == 1);
  REQUIRE(ab::commit(long_one->write_checkpoint()));
  CHECK(ab::catch_up(long_name, x)->checkpoint() == ab::revision{0});
}

}  // namespace
}  // namespace subscribing
