// Whoever follows a log from a place on: old events that are several today, one of several, or none.
#include "spine/storages.hpp"
#include "upcast/versions.hpp"

#include "catch.hpp"

#include <stdexcept>

namespace upcasting {
namespace {

using ab::testing::append_old;

template <class Fixture>
auto open(Fixture& fixture) {
  return fixture.template open<account_event, all_upcasts, ab::global_order, ab::manual_clock>();
}

// More that is dropped than is read at once, before and behind what isn't; a run lies over the end of a portion.
template <class Stream>
void append_history(Stream a) {
  for (int i = 0; i < 255; ++i) REQUIRE(append_old(a, v1::pinged{}));
  REQUIRE(append_old(a, v1::first_named{"Ada"}, v1::last_named{"Lovelace"}));
  REQUIRE(append_old(a, v1::moved{7, 3}, v1::batch{{1, 2, 3}}));
  REQUIRE(a.append(deposited{9, "USD"}));
  REQUIRE(append_old(a, v1::pinged{}, v1::pinged{}));
}
constexpr std::int64_t all_places = 262;

struct follower {
  journal* to;
  template <class T, class Info>
  void react(T const& e, Info const& i) {
    to->apply(e, i);
  }
};

TEMPLATE_LIST_TEST_CASE("a subscription passes over what is dropped, and takes each part once",
                        "[upcast][subscription][R20][R35]", spine::storages) {
  TestType fixture;
  auto s = open(fixture);
  auto a = s.stream("a");
  append_history(a);
  auto const whole = a.template fold<journal>()->lines;
  REQUIRE(whole.size() == 7);
  for (std::size_t const most : {1U, 2U, 3U, 100U, 1000U}) {
    auto const follow = [&](auto worker) {
      journal seen;
      std::size_t told = 0;
      for (int polls = 0; polls < 10; ++polls) {
        auto const n = worker.poll(most, follower{&seen});
        REQUIRE(n);
        told += *n;
        CHECK((*n > 0 || told == whole.size()));
      }
      CHECK(seen.lines == whole);
      CHECK(told == whole.size());
      CHECK(worker.checkpoint().value == all_places);
    };
    INFO("at most " << most);
    follow(ab::catch_up(a, ab::revision{0}));
    follow(ab::catch_up(s, ab::position{0}));
  }
}

TEMPLATE_LIST_TEST_CASE("a subscription that fails on a part goes on with it", "[upcast][subscription][R20][R35]",
                        spine::storages) {
  TestType fixture;
  auto s = open(fixture);
  auto a = s.stream("a");
  append_history(a);
  auto worker = ab::catch_up(a, ab::revision{257});
  journal seen;
  bool fails = true;
  auto const take = [&](auto const& e, auto const& i) {
    if (i.part == 1 && std::exchange(fails, false)) throw std::runtime_error("not now");
    CHECK(worker.checkpoint() == (i.part + 1 < (i.revision.value == 259   ? 3U
                                                : i.revision.value == 258 ? 2U
                                                                          : 1U)
                                      ? ab::revision{i.revision.value - 1}
                                      : i.revision));
    seen.apply(e, i);
  };
  CHECK_THROWS(worker.poll(100, take));
  // It began with an event of which not all is done: a restart begins with it again.
  CHECK(worker.checkpoint() == ab::revision{257});
  CHECK(*worker.poll(100, take) == 5);
  CHECK(seen.lines == std::vector<std::string>{"258.0 +7EUR", "258.1 -3", "259.0 +1EUR", "259.1 +2EUR", "259.2 +3EUR",
                                               "260.0 +9USD"});
  seen = {};
  worker.seek(ab::revision{257});
  CHECK(*worker.poll(100, take) == 6);
}

TEMPLATE_LIST_TEST_CASE("a registry folds all that old events are today", "[upcast][registry][R13][R35]",
                        spine::storages) {
  TestType fixture;
  auto s = open(fixture);
  auto a = s.stream("a");
  append_history(a);
  auto const whole = *a.template fold<journal>();
  auto const follow = [&](auto& source) {
    for (std::size_t const most : {1U, 2U, 1000U}) {
      ab::registry views(source);
      REQUIRE(views.template add<journal>());
      for (;;) {
        auto const n = views.catch_up(most);
        REQUIRE(n);
        if (*n == 0) break;
      }
      CHECK(views.status()->front().complete());
      CHECK(views.template get<journal>()->state == whole);
      REQUIRE(views.rebuild());
      CHECK(views.template get<journal>()->state == whole);
      REQUIRE(views.drop("journal"));
    }
  };
  follow(a);
  follow(s);
}

}  // namespace
}  // namespace upcasting
