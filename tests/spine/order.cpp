// The global order: one numbering over all streams, in the order of the commits.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace spine {
namespace {

using lines = std::vector<std::string>;

template <class Fixture>
auto three_streams(Fixture& fixture) {
  auto s = fixture.template open<both_families, ab::global_order>();
  auto a = stream<account_event>(s, "a"), b = stream<account_event>(s, "b");
  auto o = stream<order_event>(s, "o");
  REQUIRE(a.append(deposited{1})->position == ab::position{1});
  REQUIRE(b.append(deposited{2}, noted{"three"})->position == ab::position{3});
  REQUIRE(ab::commit(o.write(ordered{4}), a.write(withdrawn{5}), o.write(ordered{6})));
  REQUIRE(a.append(deposited{7})->position == ab::position{7});
  return s;
}
lines const all_seven{"a@1 p1 +1", "b@1 p2 +2", "b@2 p3 three", "o@1 p4 #4", "a@2 p5 -5", "o@2 p6 #6", "a@3 p7 +7"};

template <class Store>
lines recorded_lines(Store const& s, ab::place_range<ab::position> range = {}) {
  journal j;
  auto const events = s.read(range);
  REQUIRE(events);
  for (auto const& e : *events) e.data.visit([&](auto const& alternative) { j.apply(alternative, e); });
  return j.lines;
}

TEMPLATE_LIST_TEST_CASE("the whole store is read, folded and resumed in commit order", "[R31]", storages) {
  TestType fixture;
  auto s = three_streams(fixture);
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    CHECK(s.last() == ab::position{7});
    CHECK(recorded_lines(s) == all_seven);
    CHECK(fold<journal>(s)->lines == all_seven);
    for (std::int64_t first = 0; first <= 9; ++first) {
      for (std::int64_t last = 0; last <= 9; ++last) {
        lines expected;
        for (std::int64_t p = std::max<std::int64_t>(first, 1); p <= std::min<std::int64_t>(last, 7); ++p) {
          expected.push_back(all_seven[static_cast<std::size_t>(p - 1)]);
        }
        INFO("from " << first << " through " << last);
        CHECK(recorded_lines(s, ab::between(first, last)) == expected);
        CHECK(fold<journal>(s, ab::between(first, last))->lines == expected);
      }
    }
    auto const whole = *project<journal>(s);
    CHECK(whole.through == ab::position{7});
    CHECK(whole->lines == all_seven);
    for (std::int64_t through = 0; through <= 7; ++through) {
      ab::folded<journal, ab::position> const part{*fold<journal>(s, ab::through(through)), ab::position{through}};
      auto const resumed = s.resume(part);
      REQUIRE(resumed);
      CHECK(resumed->state == whole.state);
      CHECK(resumed->through == whole.through);
      CHECK(s.resume(ab::folded<counted, ab::position>{{}, ab::position{through}})->state.n == 7 - through);
    }
    // What one stream shows of an event is what the whole does.
    auto const of_a = stream<account_event>(s, "a").read(ab::from(2));
    REQUIRE(of_a);
    auto const e = of_a->front();
    CHECK(e.position == ab::position{5});
    auto const recorded = (*s.read(ab::from(e.position)))[0];
    CHECK(recorded.stream == e.stream);
    CHECK(recorded.revision == e.revision);
    CHECK(recorded.type() == e.type());
    CHECK(recorded.type() == "withdrawn");
  }
  // Positions go on where they were.
  CHECK(stream<order_event>(s, "new").append(ordered{8})->position == ab::position{8});
}

TEMPLATE_LIST_TEST_CASE("a failed commit takes no position", "[R31][R9]", storages) {
  TestType fixture;
  auto s = three_streams(fixture);
  auto a = stream<account_event>(s, "a");
  auto o = stream<order_event>(s, "o");
  CHECK(a.append(ab::exact(1), deposited{9}).error() == ab::errc::wrong_revision);
  CHECK(!ab::commit(a.write(deposited{9}), o.write(ordered{9}), stream<account_event>(s, "o").write(deposited{9})));
  CHECK(s.last() == ab::position{7});
  CHECK(fold<journal>(s)->lines == all_seven);
  CHECK(o.append(ordered{8})->position == ab::position{8});
  fixture.reopen(s);
  CHECK(s.last() == ab::position{8});
}

TEMPLATE_LIST_TEST_CASE("a position whose event is gone says so, rather than meaning the next one", "[R31]", storages) {
  TestType fixture;
  auto s = three_streams(fixture);
  auto const early = ab::folded<journal, ab::position>{*fold<journal>(s, ab::through(1)), ab::position{1}};
  auto const at_six = ab::folded<journal, ab::position>{*fold<journal>(s, ab::through(6)), ab::position{6}};
  REQUIRE(stream<account_event>(s, "b").truncate(ab::revision{2}));  // positions 2 and 3
  REQUIRE(stream<account_event>(s, "a").truncate(ab::revision{1}));  // position 1
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    for (std::int64_t p = 0; p <= 3; ++p) {
      INFO("position " << p);
      auto const r = s.read(ab::from(p));
      REQUIRE(!r);
      CHECK(r.error() == ab::errc::truncated);
      CHECK(r.error().expected == p);
      CHECK(r.error().actual == 4);
      CHECK(fold<counted>(s, ab::from(p)).error() == ab::errc::truncated);
    }
    CHECK(s.resume(early).error() == ab::errc::truncated);
    CHECK(project<counted>(s).error() == ab::errc::truncated);
    CHECK(fold<counted>(s).error() == ab::errc::truncated);
    // What is left keeps its positions, and a reader past the gap doesn't notice it.
    lines const left(all_seven.begin() + 3, all_seven.end());
    CHECK(recorded_lines(s) == left);
    CHECK(recorded_lines(s, ab::from(4)) == left);
    CHECK(fold<journal>(s, ab::stored)->lines == left);
    CHECK(s.resume(at_six)->state.lines == all_seven);
    CHECK(s.last() == ab::position{7});
  }
  // A gap in the middle: events before it are still there for those who ask for what is stored.
  auto o = stream<order_event>(s, "o");
  REQUIRE(o.truncate(ab::revision{2}));  // positions 4 and 6
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    CHECK(recorded_lines(s) == lines{"a@2 p5 -5", "a@3 p7 +7"});
    CHECK(s.read(ab::from(5)).error() == ab::errc::truncated);
    CHECK(recorded_lines(s, ab::from(7)) == lines{"a@3 p7 +7"});
    CHECK(s.resume(at_six)->state.lines == all_seven);
  }
  // All of them gone, the newest last: the numbers still go on.
  REQUIRE(stream<account_event>(s, "a").truncate(ab::revision{3}));
  fixture.reopen(s);
  CHECK(s.last() == ab::position{7});
  CHECK(recorded_lines(s).empty());
  CHECK(s.resume(at_six).error() == ab::errc::truncated);
  CHECK(s.resume(ab::folded<counted, ab::position>{{}, ab::position{7}})->through == ab::position{7});
  CHECK(stream<account_event>(s, "a").append(deposited{8})->position == ab::position{8});
  fixture.reopen(s);
  CHECK(recorded_lines(s) == lines{"a@4 p8 +8"});
}

// A fold over one stream, between commits to others.
TEMPLATE_LIST_TEST_CASE("many streams by turns keep the order of the commits", "[R31]", storages) {
  TestType fixture;
  auto s = fixture.template open<account_event, ab::global_order>();
  lines expected;
  for (std::int64_t i = 0; i < 500; ++i) {
    auto const name = "s" + std::to_string(i * 7919 % 13);
    auto h = s.stream(*ab::name::parse(name));
    auto const r = h.append(deposited{i});
    REQUIRE(r);
    REQUIRE(r->position == ab::position{i + 1});
    expected.push_back(name + '@' + std::to_string(r->revision().value) + " p" + std::to_string(i + 1) + " +" +
                       std::to_string(i));
    if (i % 100 == 50) fixture.reopen(s);
  }
  CHECK(recorded_lines(s) == expected);
  fixture.reopen(s);
  CHECK(recorded_lines(s) == expected);
  CHECK(fold<journal>(s)->lines == expected);
}

}  // namespace
}  // namespace spine
