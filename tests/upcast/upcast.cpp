// Old events are read as today's, on every storage, whichever way they are read.
#include "spine/storages.hpp"
#include "upcast/versions.hpp"

#include "catch.hpp"

namespace upcasting {
namespace {

using ab::errc;
using ab::testing::append_old;
using lines = std::vector<std::string>;

template <class Fixture>
auto open(Fixture& fixture) {
  return fixture.template open<account_event, all_upcasts, ab::global_order, ab::manual_clock>();
}

template <class Range>
lines lines_of(Range const& events) {
  journal j;
  for (auto const& e : events) e.data.visit([&](auto const& d) { j.apply(d, e); });
  return j.lines;
}

template <class Stream>
void append_history(Stream a) {
  REQUIRE(append_old(a, v1::deposited{5}, v2::deposited{70}));
  REQUIRE(append_old(a, v1::pinged{}, v1::moved{7, 3}, v1::settled{2}));
  REQUIRE(append_old(a, v1::first_named{"Ada"}, v1::last_named{"Lovelace"}));
  REQUIRE(append_old(a, v1::batch{{1, 2, 3}}, v1::batch{}));
  REQUIRE(append_old(a, v1::title_set{"One"}, v1::subtitle_set{"Two"}, v1::title_set{"Three"}));
  REQUIRE(a.append(deposited{9, "USD"}));
}
lines const history{"1.0 +500EUR", "2.0 +70EUR", "4.0 +7EUR", "4.1 -3",       "5.0 -2",       "7.0 Ada Lovelace",
                    "8.0 +1EUR",   "8.1 +2EUR",  "8.2 +3EUR", "11.0 One/Two", "12.0 Three/?", "13.0 +9USD"};

TEMPLATE_LIST_TEST_CASE("every form of upcaster, whichever way it is read", "[upcast][R35][R36]", spine::storages) {
  TestType fixture;
  auto s = open(fixture);
  append_history(s.stream("a"));
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    auto a = s.stream("a");
    CHECK(a.template fold<journal>()->lines == history);
    CHECK(s.template fold<journal>()->lines == history);
    auto const forth = a.read();
    CHECK(lines_of(*forth) == history);
    auto const back = a.read_backwards();
    auto reversed = lines_of(*back);
    std::reverse(reversed.begin(), reversed.end());
    CHECK(reversed == history);
    auto const whole = s.read();
    CHECK(lines_of(*whole) == history);
    CHECK(a.last() == ab::revision{13});
    CHECK(a.size() == 13);
    auto const part = a.read(ab::between(4, 7));
    CHECK(lines_of(*part) == lines(history.begin() + 2, history.begin() + 6));
    // A range that ends or begins inside of a run has the run where its last event is.
    auto const before = a.read(ab::between(5, 6)), behind = a.read(ab::between(7, 7));
    CHECK(lines_of(*before) == lines{"5.0 -2"});
    CHECK(lines_of(*behind) == lines{"7.0 Ada Lovelace"});
  }
}

TEMPLATE_LIST_TEST_CASE("resumed projections and snapshots see upcast events", "[upcast][R35][R17][R12]",
                        spine::storages) {
  TestType fixture;
  auto s = open(fixture);
  append_history(s.stream("a"));
  auto a = s.stream("a");
  for (std::int64_t at = 0; at <= 13; ++at) {
    INFO("resumed after " << at);
    journal known;
    for (auto const& l : history) {
      if (std::stoll(l) <= at) known.lines.push_back(l);
    }
    auto const r = a.resume(ab::folded<journal>{known, ab::revision{at}});
    if (at == 6 || at == 10) {
      CHECK(r.error() == errc::inside_run);
      CHECK(a.truncate(ab::revision{at}).error() == errc::inside_run);
    } else {
      REQUIRE(r);
      CHECK(r->state.lines == history);
    }
  }
  REQUIRE(ab::snapshot<journal>(a));
  REQUIRE(ab::commit(a.write_truncation(ab::revision{7}), a.write(withdrawn{1})));
  fixture.reopen(s);
  a = s.stream("a");
  auto longer = history;
  longer.push_back("14.0 -1");
  CHECK((*ab::load<journal>(a))->lines == longer);
  CHECK(a.template fold<journal>(ab::stored)->lines == lines(longer.begin() + 6, longer.end()));
}

TEMPLATE_LIST_TEST_CASE("a snapshot that an older program left inside of a run is made anew", "[upcast][R17][R35]",
                        spine::storages) {
  TestType fixture;
  auto s = open(fixture);
  auto a = s.stream("a");
  append_history(a);
  REQUIRE(ab::commit(ab::write_snapshot(a, ab::folded<journal>{{{"nonsense"}}, ab::revision{6}})));
  CHECK((*ab::load<journal>(a))->lines == history);
}

TEMPLATE_LIST_TEST_CASE("runs are of one stream, and what is between them belongs to others", "[upcast][R35]",
                        spine::storages) {
  TestType fixture;
  auto s = open(fixture);
  auto a = s.stream("a"), b = s.stream("b");
  REQUIRE(append_old(a, v1::first_named{"Ada"}));
  REQUIRE(append_old(b, v1::first_named{"Grace"}));
  REQUIRE(append_old(a, v1::last_named{"Lovelace"}));
  REQUIRE(append_old(b, v1::last_named{"Hopper"}));
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    CHECK(s.template fold<journal>()->lines == lines{"2.0 Ada Lovelace", "2.0 Grace Hopper"});
    auto const from_third = s.read(ab::from(3));
    REQUIRE((*from_third).size() == 2);
    CHECK((*from_third)[0].position == ab::position{3});
  }
}

TEMPLATE_LIST_TEST_CASE("a run that is not whole", "[upcast][R35][R73]", spine::storages) {
  TestType fixture;
  auto s = open(fixture);
  auto a = s.stream("a");
  SECTION("without its end") {
    REQUIRE(append_old(a, v1::first_named{"Ada"}, v1::pinged{}, v1::last_named{"Lovelace"}));
  }
  SECTION("without its beginning") { REQUIRE(append_old(a, v1::last_named{"Lovelace"})); }
  SECTION("twice begun") {
    REQUIRE(append_old(a, v1::first_named{"Ada"}, v1::first_named{"Grace"}, v1::last_named{"Hopper"}));
  }
  auto const r = a.template fold<journal>();
  REQUIRE(!r);
  CHECK(r.error() == errc::broken_run);
  CHECK(r.error().where == "a");
  CHECK(a.read().error() == errc::broken_run);
  CHECK(s.template fold<journal>().error() == errc::broken_run);
  CHECK(s.read().error() == errc::broken_run);
  CHECK(s.stream("b").append(deposited{1, "EUR"}));
}

TEMPLATE_LIST_TEST_CASE("an upcaster that refuses or throws ends the reading and changes nothing", "[upcast][R35][R73]",
                        spine::storages) {
  TestType fixture;
  auto s = open(fixture);
  auto a = s.stream("a");
  REQUIRE(append_old(a, v1::deposited{1}));
  SECTION("refuses") {
    REQUIRE(append_old(a, v1::batch{{1, -1}}));
    CHECK(a.template fold<journal>().error() == errc::invalid_argument);
    CHECK(a.read().error().where == "a");
    CHECK(s.template fold<journal>().error() == errc::invalid_argument);
  }
  SECTION("throws") {
    REQUIRE(append_old(a, v1::batch{{1, 0}}));
    CHECK_THROWS_AS(a.template fold<journal>(), std::int64_t);
    CHECK_THROWS_AS(a.read(), std::int64_t);
    CHECK_THROWS_AS(s.template fold<journal>(), std::int64_t);
  }
  REQUIRE(a.append(deposited{1, "EUR"}));
  CHECK(a.template fold<journal>(ab::through(1))->lines == lines{"1.0 +100EUR"});
  CHECK(a.last() == ab::revision{3});
}

}  // namespace
}  // namespace upcasting
