// A state that is kept in the commit of its events: both or neither, and never behind unnoticed.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace inlining {
namespace {

using namespace spine;

// What a fold makes is what is kept, and that without folding.
template <class P, class Stream>
void must_be_whole(Stream const& s) {
  auto const kept = ab::load_inlined<P>(s);
  REQUIRE(kept);
  CHECK(kept->state == *spine::fold<P>(s));
  CHECK(kept->through == s.last());
}

TEMPLATE_LIST_TEST_CASE("a state is kept in its event's commit", "[inline_projection][R16]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::system_clock, ab::global_order>();
  auto a = bank.stream("a"), b = bank.stream("b");
  must_be_whole<balance>(a);
  auto const r = ab::commit(ab::inlined<balance>(a.write(deposited{500})));
  REQUIRE(r);
  CHECK(r->revision() == ab::revision{1});
  must_be_whole<balance>(a);
  REQUIRE(ab::append_inlined<balance>(a, ab::exact(1), withdrawn{200}, noted{"n"}));
  CHECK(ab::append_inlined<balance>(a, ab::exact(1), withdrawn{200}).error() == ab::errc::wrong_revision);
  std::vector<account_event> const more{deposited{1}, noted{"m"}, withdrawn{2}};
  REQUIRE(ab::commit(ab::inlined<balance>(a.write_all(more))));
  REQUIRE(ab::commit(ab::inlined<balance>(a.write_all(std::vector<deposited>{}))));
  must_be_whole<balance>(a);
  CHECK(ab::load_inlined<balance>(a)->state == balance{299, "m"});

  // Several states, several streams, several writes to one; a step sees the event as a fold will.
  REQUIRE(ab::commit(ab::inlined<journal, counted>(b.write(deposited{1}, noted{"x"})),
                     ab::inlined<balance>(a.write(deposited{7})), ab::inlined<counted, journal>(b.write(withdrawn{3})),
                     b.expect(ab::no_stream)));
  must_be_whole<journal>(b);
  must_be_whole<counted>(b);
  must_be_whole<balance>(a);
  CHECK(ab::load_inlined<balance>(b).error() == ab::errc::lagging);

  fixture.reopen(bank);
  a = bank.stream("a");
  must_be_whole<balance>(a);
  must_be_whole<journal>(bank.stream("b"));
  REQUIRE(ab::append_inlined<balance>(a, deposited{1}));
  must_be_whole<balance>(a);
  // What is kept outlives the events.
  auto const all = *ab::load_inlined<balance>(a);
  REQUIRE(a.truncate(a.last()));
  REQUIRE(ab::append_inlined<balance>(a, deposited{1}));
  CHECK(ab::load_inlined<balance>(a)->state.cents == all.state.cents + 1);
}

TEMPLATE_LIST_TEST_CASE("a state that lags is an error, and catching up mends it", "[inline_projection][R16][R12]",
                        storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  CHECK(ab::catch_up_inlined<balance>(a)->through == ab::revision{0});
  REQUIRE(ab::append_inlined<balance>(a, deposited{1}));
  REQUIRE(a.append(deposited{10}));  // without it
  auto const r = ab::append_inlined<balance>(a, deposited{100});
  REQUIRE(!r);
  CHECK(r.error() == ab::errc::lagging);
  CHECK(r.error().where == "a");
  CHECK(r.error().expected == 2);
  CHECK(r.error().actual == 1);
  CHECK(ab::load_inlined<balance>(a).error() == ab::errc::lagging);
  CHECK(a.last() == ab::revision{2});
  // Also where the commit itself went past it, and where one projection of several lags.
  REQUIRE(ab::catch_up_inlined<balance>(a));
  CHECK(ab::commit(a.write(deposited{5}), ab::inlined<balance>(a.write(deposited{6}))).error() == ab::errc::lagging);
  CHECK((ab::append_inlined<balance, counted>(a, deposited{6})).error() == ab::errc::lagging);
  CHECK(a.last() == ab::revision{2});
  must_be_whole<balance>(a);
  auto const caught = ab::catch_up_inlined<counted>(a);
  REQUIRE(caught);
  CHECK(caught->state.n == 2);
  REQUIRE((ab::append_inlined<balance, counted>(a, deposited{6})));
  must_be_whole<balance>(a);
  must_be_whole<counted>(a);

  // What lacks truncated events goes on from a snapshot, or not at all.
  REQUIRE(a.append(deposited{1000}));
  REQUIRE(ab::snapshot<balance>(a));
  REQUIRE(a.truncate(ab::revision{4}));
  CHECK(ab::catch_up_inlined<counted>(a).error() == ab::errc::truncated);
  auto const by_snapshot = ab::catch_up_inlined<balance>(a);
  REQUIRE(by_snapshot);
  CHECK(by_snapshot->state.cents == 1017);
  CHECK(ab::load_inlined<balance>(a)->through == ab::revision{4});
}

// Throws in the middle of a batch.
struct picky {
  std::int64_t cents = 0;
  void apply(deposited const& e) {
    if (e.cents == 13) throw std::runtime_error("thirteen");
    cents += e.cents;
  }
  void apply(ab::others) {}
  friend bool operator==(picky const&, picky const&) = default;
};

TEMPLATE_LIST_TEST_CASE("what fails half-way leaves nothing written", "[inline_projection][R16][R9]", storages) {
  TestType fixture;
  auto bank = fixture.template open<both_families>();
  auto a = spine::stream<account_event>(bank, "a");
  auto t = spine::kv<int>(bank, "t");
  REQUIRE((ab::append_inlined<balance, picky>(a, deposited{1})));
  for (int again = 0; again < 2; ++again) {
    CHECK_THROWS_AS((void)(ab::append_inlined<balance, picky>(a, deposited{2}, deposited{13}, deposited{3})),
                    std::runtime_error);
    CHECK_THROWS_AS((void)ab::commit(t.write("k", 1), ab::inlined<balance, picky>(a.write(deposited{13}))),
                    std::runtime_error);
    CHECK(!ab::commit(ab::inlined<balance, picky>(a.write(deposited{2})), t.write("", 1)));
    CHECK(!ab::commit(ab::inlined<balance, picky>(a.write(deposited{2})), t.write_new("k", 1), t.write_new("k", 2)));
    CHECK(a.last() == ab::revision{1});
    CHECK(!*t.contains("k"));
    must_be_whole<balance>(a);
    must_be_whole<picky>(a);
    fixture.reopen(bank);
    a = spine::stream<account_event>(bank, "a");
    t = spine::kv<int>(bank, "t");
  }
  REQUIRE((ab::append_inlined<balance, picky>(a, deposited{2})));
  must_be_whole<picky>(a);
  // A stream of another family.
  REQUIRE(spine::stream<order_event>(bank, "o").append(ordered{1}));
  auto clash = spine::stream<account_event>(bank, "o");
  CHECK(ab::append_inlined<balance>(clash, deposited{1}).error() == ab::errc::wrong_family);
  CHECK(ab::load_inlined<balance>(clash).error() == ab::errc::wrong_family);
  CHECK(ab::catch_up_inlined<balance>(clash).error() == ab::errc::wrong_family);
}

TEMPLATE_LIST_TEST_CASE("other writes take inline projections along", "[inline_projection][R16][R32][R20]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::revisions_from<0>>();
  auto a = bank.stream("a");
  for (int repeat = 0; repeat < 2; ++repeat) {
    auto const r = ab::commit(ab::inlined<balance>(ab::write_once(a, "order-7", deposited{100})));
    REQUIRE(r);
    CHECK(r->revision() == ab::revision{0});
    must_be_whole<balance>(a);
  }
  ab::hub hub(bank);
  int told = 0;
  auto const s = hub.template subscribe<deposited>([&](deposited const&) {
    ++told;
    CHECK(ab::load_inlined<balance>(a)->state.cents == 101);
  });
  REQUIRE(hub.commit(ab::inlined<balance>(a.write(deposited{1}))));
  CHECK(told == 1);
  // A repeat writes nothing, so that a state which lags is no reason to refuse it.
  REQUIRE(a.append(deposited{1}));
  CHECK(ab::commit(ab::inlined<balance>(ab::write_once(a, "order-7", deposited{100}))));
  CHECK(ab::commit(ab::inlined<balance>(ab::write_once(a, "order-8", deposited{100}))).error() == ab::errc::lagging);
  CHECK(ab::catch_up_inlined<balance>(a)->state.cents == 102);
  must_be_whole<balance>(a);
}

TEMPLATE_LIST_TEST_CASE("eight threads keep one state, commit by commit", "[inline_projection][R16][R26]",
                        shared_storages) {
  constexpr int threads = 8, each = 40;
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>, ab::global_order>();
  auto const a = bank.stream("a"), b = bank.stream("b");
  std::atomic<int> odd = 0;
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t) {
    all.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        // Every fourth commit of a group is refused, or throws, after others were staged before it.
        if (i % 4 == 0 && ab::commit(ab::inlined<picky>(a.write(deposited{1})), a.expect(ab::exact(-5)))) ++odd;
        if (i % 4 == 1) {
          try {
            (void)ab::commit(ab::inlined<picky>(a.write(deposited{1}, deposited{13})));
            ++odd;
          } catch (std::runtime_error const&) {
          }
        }
        if (!ab::commit(ab::inlined<picky>(a.write(deposited{1}, deposited{t})),
                        ab::inlined<journal>(b.write(deposited{i}))))
          ++odd;
        if (auto const k = ab::load_inlined<picky>(a); !k || k->through.value % 2 != 0) ++odd;
      }
    });
  }
  for (auto& t : all) t.join();
  CHECK(odd == 0);
  CHECK(a.last().value == 2 * threads * each);
  must_be_whole<picky>(a);
  must_be_whole<journal>(b);
  fixture.reopen(bank);
  must_be_whole<picky>(bank.stream("a"));
  must_be_whole<journal>(bank.stream("b"));
}

TEMPLATE_LIST_TEST_CASE("catching up while others append", "[inline_projection][R16][R26]", shared_storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>>();
  auto const a = bank.stream("a");
  std::atomic<int> odd = 0;
  std::vector<std::thread> all;
  for (int t = 0; t < 4; ++t) {
    all.emplace_back([&, t] {
      auto mine = a;
      for (int i = 0; i < 30; ++i) {
        if (t == 0 && !mine.append(deposited{1})) ++odd;
        if (t == 1) {
          auto const r = ab::append_inlined<balance>(mine, deposited{1});
          if (!r && r.error() != ab::errc::lagging) ++odd;
        }
        if (t > 1 && !ab::catch_up_inlined<balance>(mine)) ++odd;
      }
    });
  }
  for (auto& t : all) t.join();
  CHECK(odd == 0);
  REQUIRE(ab::catch_up_inlined<balance>(a));
  must_be_whole<balance>(a);
}

// In memory, all of it in a constant expression.
struct paid {
  std::int64_t cents = 0;
};
struct sum {
  std::int64_t cents = 0;
  constexpr void apply(paid const& e) { cents += e.cents; }
};
static_assert([] {
  ab::store<ab::one_of<paid>> s;
  auto a = s.stream("a");
  if (!ab::append_inlined<sum>(a, paid{1}, paid{2})) return false;
  if (!a.append(paid{4}) || ab::append_inlined<sum>(a, paid{8})) return false;
  return ab::catch_up_inlined<sum>(a)->state.cents == 7 && ab::append_inlined<sum>(a, paid{8}) &&
         ab::load_inlined<sum>(a)->state.cents == 15;
}());

}  // namespace
}  // namespace inlining
