// Queries as views of range-v3, over what every storage's reads give.
#include "query/samples.hpp"

#include <anabranch/ext/range_v3.hpp>

#include <cstdint>
#include <iterator>
#include <range/v3/algorithm/count_if.hpp>
#include <range/v3/algorithm/equal.hpp>
#include <range/v3/numeric/accumulate.hpp>
#include <range/v3/range/conversion.hpp>
#include <range/v3/range/primitives.hpp>
#include <range/v3/view/reverse.hpp>
#include <range/v3/view/take.hpp>
#include <range/v3/view/transform.hpp>
#include <string>
#include <vector>

namespace spine {
namespace {

namespace views = ab::views;

// A row read out: what a view shows of it.
template <class Events>
std::vector<std::string> shown(Events&& events) {
  journal j;
  for (auto const& e : events) {
    if constexpr (requires { j.apply(e.data, e); })
      j.apply(e.data, e);
    else
      e.data.visit([&](auto const& data) { j.apply(data, e); });
  }
  return j.lines;
}
using lines = std::vector<std::string>;

template <class Store>
auto filled(Store& bank) {
  auto a = bank.stream("a");
  REQUIRE(a.append(ab::at(ab::timestamp{10}), deposited{10}, withdrawn{20}));
  REQUIRE(a.append(ab::at(ab::timestamp{20}), noted{"x"}));
  REQUIRE(a.append(ab::at(ab::timestamp{20}), deposited{30}));
  REQUIRE(a.append(ab::at(ab::timestamp{15}), deposited{40}));
  return a;
}

TEMPLATE_LIST_TEST_CASE("views say what queries say", "[ext][range_v3][R30]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::manual_clock>();
  auto const a = filled(bank);
  auto const events = *a.read();
  auto const q = ab::query(a);
  ab::timestamp const t15{15}, t20{20};

  CHECK(shown(events | views::of<deposited>) == pulled(of<deposited>(q)));
  CHECK(shown(events | views::of<withdrawn, noted>) == pulled(of<withdrawn, noted>(q)));
  CHECK(shown(events | views::since(3)) == pulled(q.since(3)));
  CHECK(shown(events | views::since(ab::revision{3})) == pulled(q.since(3)));
  CHECK(shown(events | views::through(2)) == pulled(q.through(2)));
  CHECK(shown(events | views::between(2, 4)) == pulled(q.between(2, 4)));
  CHECK(shown(events | views::between(ab::revision{2}, ab::revision{4})) == pulled(q.between(2, 4)));
  CHECK(shown(events | views::during(t15, t20)) == pulled(q.during(t15, t20)));
  CHECK(shown(events | views::during(t20, t15)).empty());

  // In any order, and of each other.
  lines const expected{"a@4 t20 +30", "a@5 t15 +40"};
  CHECK(shown(events | views::of<deposited> | views::during(t15, t20) | views::since(3)) == expected);
  CHECK(shown(events | views::since(3) | views::during(t15, t20) | views::of<deposited>) == expected);
  CHECK(shown(events | views::during(t15, t20) | views::of<deposited, noted> | views::of<deposited>) == expected);
  CHECK(shown(events | views::of<deposited> | views::since(5)) == lines{"a@5 t15 +40"});
  CHECK(shown(events | views::of<deposited> | views::through(ab::revision{1})) == lines{"a@1 t10 +10"});
  // And of a core query's.
  auto const deposits = *of<deposited>(q).read();
  CHECK(shown(deposits | views::during(t15, t20)) == expected);
}

TEMPLATE_LIST_TEST_CASE("a part of a stream's range is found at its ends", "[ext][range_v3][R30]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::manual_clock>();
  auto a = filled(bank);
  CHECK(shown(*a.read(ab::from(99)) | ranges::to<std::vector>()).empty());
  for (int truncated = 0; truncated < 2; ++truncated) {
    auto const forth = *a.read();
    auto const back = *a.read_backwards();
    for (std::int64_t first = -1; first < 8; ++first) {
      for (std::int64_t last :
           {INT64_MIN, std::int64_t{0}, std::int64_t{1}, std::int64_t{4}, std::int64_t{9}, INT64_MAX}) {
        auto const in = [&](auto const& e) { return e.revision.value >= first && e.revision.value <= last; };
        auto const n = ranges::count_if(forth, in);
        CHECK(ranges::distance(forth | views::between(first, last)) == n);
        CHECK(ranges::distance(back | views::between(first, last)) == n);
        CHECK(ranges::distance(forth | views::since(first) | views::through(last)) == n);
        for (auto const& e : back | views::between(first, last)) CHECK(in(e));
        for (auto const& e : forth | views::between(first, last)) CHECK(in(e));
      }
    }
    REQUIRE(a.truncate(ab::revision{2}));
  }
}

TEMPLATE_LIST_TEST_CASE("range-v3 works on ranges of events", "[ext][range_v3][R30]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::manual_clock>();
  auto const a = filled(bank);
  auto const events = *a.read();
  STATIC_REQUIRE(ranges::random_access_range<decltype(events)> && ranges::sized_range<decltype(events)>);
  auto const deposits = events | views::of<deposited>;
  STATIC_REQUIRE(ranges::forward_range<decltype(deposits)> && ranges::view_<std::remove_cvref_t<decltype(deposits)>>);

  auto const cents = [](auto const& e) { return e.data.cents; };
  CHECK(ranges::accumulate(deposits, std::int64_t{0}, std::plus{}, cents) == 80);
  CHECK((deposits | ranges::views::transform(cents) | ranges::to<std::vector>()) ==
        std::vector<std::int64_t>{10, 30, 40});
  CHECK((deposits | ranges::views::transform(cents) | ranges::views::take(2) | ranges::to<std::vector>()) ==
        std::vector<std::int64_t>{10, 30});
  auto const kept = deposits | ranges::to<std::vector>();
  REQUIRE(kept.size() == 3);
  CHECK((kept[2].data == deposited{40} && kept[2].type() == "deposited"));
  CHECK(ranges::distance(events | ranges::views::reverse | views::of<deposited>) == 3);
  CHECK(shown(events | ranges::views::reverse | views::since(4)) == lines{"a@5 t15 +40", "a@4 t20 +30"});
}

TEMPLATE_LIST_TEST_CASE("a number is a position in what a store gives", "[ext][range_v3][R30][R31]", storages) {
  TestType fixture;
  auto shop = fixture.template open<both_families, ab::global_order>();
  REQUIRE(stream<account_event>(shop, "a").append(deposited{10}, noted{"x"}));
  REQUIRE(stream<order_event>(shop, "o").append(ordered{1}, ordered{2}));
  auto const events = *shop.read();
  CHECK(shown(events | views::since(3)) == lines{"o@1 p3 #1", "o@2 p4 #2"});
  CHECK(shown(events | views::of<ordered> | views::since(4)) == lines{"o@2 p4 #2"});
  CHECK(shown(events | views::since(ab::revision{2})) == lines{"a@2 p2 x", "o@2 p4 #2"});
  auto const some = *ab::query(shop).through(3).read();
  CHECK(shown(some | views::since(2)) == lines{"a@2 p2 x", "o@1 p3 #1"});
}

// What is lent needs no name: a stream in memory, on one thread.
TEST_CASE("views over a temporary of a stream in memory", "[ext][range_v3][R30]") {
  ab::store<account_event, ab::policies<ab::manual_clock>> bank;
  auto const a = filled(bank);
  auto const v = *a.read() | views::since(2) | views::of<deposited>;
  CHECK(shown(v) == lines{"a@4 t20 +30", "a@5 t15 +40"});
  STATIC_REQUIRE(ranges::borrowed_range<std::remove_cvref_t<decltype(*a.read())>>);
}

}  // namespace
}  // namespace spine
