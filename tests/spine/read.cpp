// Reading and truncating: ranges, directions, and the last revision that nothing brings back.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <iterator>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace spine {
namespace {

using revisions = std::vector<std::int64_t>;

template <class Events>
revisions revisions_of(Events const& events) {
  revisions all;
  for (auto const& e : events) {
    all.push_back(e.revision.value);
    // Nothing renumbers: an event's number goes with its data for ever.
    CHECK(e.data == account_event(deposited{100 + e.revision.value}));
  }
  return all;
}

// Ten events, of which those through `gone` have been truncated.
template <class Bank>
auto ten_events(Bank& bank, std::int64_t gone) {
  auto a = bank.stream("a");
  for (std::int64_t i = 1; i <= 10; ++i) REQUIRE(a.append(deposited{100 + i}));
  REQUIRE(a.truncate(ab::revision{gone}));
  return a;
}

TEMPLATE_LIST_TEST_CASE("any range can be read, forwards and backwards", "[R4]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto const gone = GENERATE(0, 1, 4, 9, 10);
  auto a = ten_events(bank, gone);
  if (GENERATE(false, true)) {
    fixture.reopen(bank);
    a = bank.stream("a");
  }
  INFO("truncated through " << gone);

  // Every range against the definition of one.
  auto const agrees = [&](ab::place_range<ab::revision> range, bool names_first) {
    revisions expected;
    for (std::int64_t r = gone + 1; r <= 10; ++r) {
      if (range.first.value <= r && r <= range.last.value) expected.push_back(r);
    }
    auto const forwards = a.read(range);
    auto const backwards = a.read_backwards(range);
    INFO("from " << range.first.value << " through " << range.last.value);
    if (names_first && range.first.value <= gone && gone > 0) {
      REQUIRE(!forwards);
      CHECK(forwards.error() == ab::errc::truncated);
      CHECK(forwards.error().expected == range.first.value);
      CHECK(forwards.error().actual == gone + 1);
      CHECK(forwards.error().where == "a");
      CHECK(backwards.error() == ab::errc::truncated);
      CHECK(fold<counted>(a, range).error() == ab::errc::truncated);
      return;
    }
    REQUIRE(forwards);
    REQUIRE(backwards);
    CHECK(revisions_of(*forwards) == expected);
    CHECK(fold<counted>(a, range)->n == static_cast<int>(expected.size()));
    CHECK(forwards->size() == expected.size());
    CHECK(forwards->empty() == expected.empty());
    if (!expected.empty()) {
      CHECK(forwards->front().revision.value == expected.front());
      CHECK(forwards->back().revision.value == expected.back());
      CHECK((*backwards)[0].revision.value == expected.back());
    }
    CHECK(revisions_of(*backwards) == revisions(expected.rbegin(), expected.rend()));
  };
  agrees({}, false);
  agrees(ab::stored, false);
  for (std::int64_t first = -1; first <= 12; ++first) {
    agrees(ab::from(first), true);
    agrees(ab::after(ab::revision{first}), true);
    agrees(ab::through(first), false);
    for (std::int64_t last = -1; last <= 12; ++last) agrees(ab::between(first, last), true);
  }
  agrees(ab::from(INT64_MAX), true);
  agrees(ab::through(INT64_MIN), false);
  agrees(ab::between(INT64_MAX, INT64_MIN), true);
  agrees(ab::between(INT64_MIN + 1, INT64_MAX), true);
}

TEMPLATE_LIST_TEST_CASE("the last revision is a high-water mark, apart from the count", "[R3][R4]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = ten_events(bank, 0);
  auto const is = [&](std::int64_t last, std::size_t size, std::int64_t first) {
    for (int again = 0; again < 2; ++again) {
      CHECK(a.last() == ab::revision{last});
      CHECK(a.size() == size);
      CHECK(a.first() == ab::revision{first});
      fixture.reopen(bank);
      a = bank.stream("a");
    }
  };
  is(10, 10, 1);
  CHECK(*a.truncate(ab::revision{3}) == ab::revision{4});
  is(10, 7, 4);
  // A second time, or for what is gone already, it is no change.
  CHECK(*a.truncate(ab::revision{3}) == ab::revision{4});
  CHECK(*a.truncate(ab::revision{0}) == ab::revision{4});
  CHECK(*a.truncate(ab::revision{INT64_MIN}) == ab::revision{4});
  is(10, 7, 4);
  CHECK(*a.truncate(ab::revision{10}) == ab::revision{11});
  is(10, 0, 11);
  // More than there ever was is all there is: what comes later isn't truncated in advance.
  CHECK(*a.truncate(ab::revision{INT64_MAX}) == ab::revision{11});
  is(10, 0, 11);
  CHECK(a.append(deposited{111})->revision() == ab::revision{11});
  is(11, 1, 11);
  CHECK(revisions_of(*a.read()) == revisions{11});

  SECTION("truncating what never was") {
    auto b = bank.stream("b");
    CHECK(*b.truncate(ab::revision{5}) == ab::revision{1});
    CHECK(b.last() == ab::revision{0});
    CHECK(b.append(deposited{101})->revision() == ab::revision{1});
  }
  SECTION("append and truncate by turns, for long") {
    for (std::int64_t i = 12; i < 300; ++i) {
      REQUIRE(a.append(deposited{100 + i})->revision() == ab::revision{i});
      REQUIRE(a.truncate(ab::revision{i - 1 - i % 3}));
      REQUIRE(a.last() == ab::revision{i});
    }
    is(299, 3, 297);
    CHECK(revisions_of(*a.read()) == revisions{297, 298, 299});
  }
}

TEMPLATE_LIST_TEST_CASE("truncation leaves the other streams alone", "[R2][R4]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = ten_events(bank, 0);
  auto b = bank.stream("b");
  REQUIRE(b.append(deposited{101}, deposited{102}));
  REQUIRE(a.truncate(ab::revision{10}));
  CHECK(revisions_of(*b.read()) == revisions{1, 2});
  fixture.reopen(bank);
  CHECK(revisions_of(*bank.stream("b").read()) == revisions{1, 2});
  CHECK((*bank.stream("a").read()).empty());
}

TEMPLATE_LIST_TEST_CASE("what a read gives is a random-access range", "[R4]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto const a = ten_events(bank, 2);
  auto const events = *a.read();
  using range = std::remove_const_t<decltype(events)>;
  STATIC_REQUIRE(std::ranges::random_access_range<range const>);
  STATIC_REQUIRE(std::ranges::sized_range<range const>);
  STATIC_REQUIRE(std::ranges::common_range<range const>);

  auto const check = [](auto const& es, std::int64_t first, std::int64_t step) {
    auto const begin = es.begin(), end = es.end();
    REQUIRE(end - begin == 8);
    for (std::ptrdiff_t i = 0; i < 8; ++i) {
      CHECK((begin + i)->revision.value == first + step * i);
      CHECK((i + begin)->revision == begin[i].revision);
      CHECK((end - (8 - i))->revision == begin[i].revision);
      CHECK((begin < begin + i) == (i > 0));
      CHECK((begin + i) - begin == i);
    }
    auto it = begin;
    CHECK((it++)->revision.value == first);
    CHECK((*++it).revision.value == first + 2 * step);
    CHECK((--it)->revision.value == first + step);
    CHECK((it--)->revision.value == first + step);
    CHECK(it == begin);
  };
  check(events, 3, 1);
  check(*a.read_backwards(), 10, -1);

  std::vector<std::int64_t> big;
  auto const late = std::views::filter([](auto const& one) { return one.revision.value > 8; });
  for (auto const& e : events | late) big.push_back(e.revision.value);
  CHECK(big == revisions{9, 10});
  // A temporary result lives as long as the loop over it.
  std::size_t n = 0;
  for (auto const& e : *a.read(ab::from(9))) n += e.data.template holds<deposited>() ? 1U : 0U;
  CHECK(n == 2);
}

}  // namespace
}  // namespace spine
