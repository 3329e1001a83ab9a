// Projections that are kept beside the log: caught up, dropped and folded again, and replaced by a later version.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <anabranch/codec/types/map.hpp>

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace registering {
namespace {

using namespace spine;

// Two versions of one projection: the later one counts in another way, and keeps more.
namespace first {
struct totals {
  static constexpr ab::definition definition{"totals", 1};
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
  void apply(ab::others) {}
};
}  // namespace first
namespace second {
struct totals {
  static constexpr ab::definition definition{"totals", 2};
  std::map<std::string, std::int64_t> cents;
  void apply(deposited const& e, auto const& info) { cents[std::string(info.stream)] += e.cents; }
  void apply(withdrawn const& e, auto const& info) { cents[std::string(info.stream)] -= e.cents; }
  void apply(ab::others) {}
};
}  // namespace second

template <class P, class Registry>
auto get(Registry const& r) {
  return r.template get<P>();
}
template <class P, class Registry>
auto add(Registry& r) {
  return r.template add<P>();
}
template <class P, class Registry>
auto promote(Registry& r) {
  return r.template promote<P>();
}

template <class Store>
void fill(Store& s) {
  auto a = spine::stream<account_event>(s, "a"), b = spine::stream<account_event>(s, "b");
  REQUIRE(a.append(deposited{1}, noted{"n"}));
  REQUIRE(b.append(deposited{10}, withdrawn{2}));
  REQUIRE(spine::stream<order_event>(s, "o").append(ordered{1}));
  REQUIRE(a.append(deposited{100}));
}

TEMPLATE_LIST_TEST_CASE("a registry catches up, says how far it is, and goes on after a restart",
                        "[registry][R13][R15]", storages) {
  TestType fixture;
  auto s = fixture.template open<both_families, ab::global_order>();
  fill(s);
  {
    ab::registry views(s);
    REQUIRE(add<counted>(views));
    REQUIRE(add<journal>(views));
    CHECK(get<counted>(views).error() == ab::errc::lagging);
    auto before = views.status();
    REQUIRE(before);
    REQUIRE(before->size() == 2);
    CHECK((*before)[0].events == 6);
    CHECK((*before)[0].folded == 0);
    CHECK(!(*before)[0].serves);
    CHECK(*views.catch_up(4) == 4);
    CHECK(get<counted>(views)->state.n == 4);
    // One that is added later is behind, and catches up with the others in one pass.
    REQUIRE(add<first::totals>(views));
    auto const now = *views.status();
    CHECK(now[1].name == "journal");
    CHECK(now[1].version == 1);
    CHECK(now[1].serves);
    CHECK(now[1].through == ab::position{4});
    CHECK(now[1].folded == 4);
    CHECK(!now[1].complete());
    CHECK(now[2].folded == 0);
    CHECK(*views.catch_up(5) == 5);
    CHECK(get<first::totals>(views)->through == ab::position{5});
    CHECK(get<counted>(views)->through == ab::position{5});
  }
  fixture.reopen(s);
  ab::registry views(s);
  REQUIRE(add<counted>(views));
  REQUIRE(add<journal>(views));
  REQUIRE(add<first::totals>(views));
  CHECK(add<journal>(views).error() == ab::errc::key_exists);
  CHECK((*views.status())[1].folded == 5);
  CHECK(*views.catch_up(100) == 1);
  CHECK(*views.catch_up(100) == 0);
  for (auto const& p : *views.status()) CHECK(p.complete());
  CHECK(get<journal>(views)->state == *spine::fold<journal>(s));
  CHECK(get<counted>(views)->state == *spine::fold<counted>(s));
  CHECK(get<first::totals>(views)->state.cents == 111);
  CHECK(*views.serving("totals") == 1U);
  CHECK(!views.serving("nobody")->has_value());
}

TEMPLATE_LIST_TEST_CASE("a registry over one stream knows of no other", "[registry][R13]", storages) {
  TestType fixture;
  auto s = fixture.template open<account_event, ab::revisions_from<0>>();
  auto a = s.stream("a"), b = s.stream("b");
  REQUIRE(a.append(deposited{1}, deposited{2}));
  REQUIRE(b.append(deposited{4}));
  ab::registry of_a(a), of_b(b);
  REQUIRE(add<balance>(of_a));
  REQUIRE(add<balance>(of_b));
  CHECK(*of_a.catch_up(9) == 2);
  CHECK(get<balance>(of_b).error() == ab::errc::lagging);
  CHECK(*of_b.catch_up(9) == 1);
  CHECK(get<balance>(of_a)->state.cents == 3);
  CHECK(get<balance>(of_b)->through == ab::revision{0});
  CHECK((*of_a.status())[0].folded == 2);
  CHECK((*of_a.status())[0].complete());
  REQUIRE(of_a.drop("balance"));
  CHECK(get<balance>(of_b)->state.cents == 4);
  // An empty one has the initial state.
  auto none = s.stream("none");
  ab::registry of_none(none);
  REQUIRE(add<balance>(of_none));
  CHECK(*of_none.catch_up(9) == 0);
  CHECK(get<balance>(of_none)->through == ab::revision{-1});
  CHECK((*of_none.status())[0].complete());
}

TEMPLATE_LIST_TEST_CASE("what is dropped comes back the same, and nothing else is dropped", "[registry][R13]",
                        storages) {
  TestType fixture;
  auto s = fixture.template open<both_families, ab::global_order, ab::system_clock>();
  fill(s);
  auto settings = spine::kv<int>(s, "settings"), totals_table = spine::kv<int>(s, "totals");
  REQUIRE(settings.put("counted", 1));
  REQUIRE(totals_table.put("totals", 2));
  auto a = spine::stream<account_event>(s, "a");
  REQUIRE(ab::snapshot<balance>(a));
  REQUIRE(ab::catch_up_inlined<balance>(a));
  auto const log = *spine::fold<journal>(s);
  ab::registry views(s);
  REQUIRE(add<journal>(views));
  REQUIRE(add<counted>(views));
  REQUIRE(views.catch_up(100));
  auto const must_be_untouched = [&] {
    CHECK(*spine::fold<journal>(s) == log);
    CHECK(*settings.get("counted") == 1);
    CHECK(*totals_table.get("totals") == 2);
    CHECK(settings.keys()->size() == 1);
    CHECK(ab::load<balance>(a)->state == ab::load_inlined<balance>(a)->state);
    CHECK(a.size() == 3);
  };
  // A state that somebody has spoilt.
  if constexpr (!TestType::durable) {
    using state = ab::folded<counted, ab::position>;
    auto of_registry =
        ab::detail::snapshots<counted, ab::position>(ab::detail::store_access::engine(s), "store-registry");
    REQUIRE(of_registry.put("store", state{{999}, {6}}));
    CHECK(get<counted>(views)->state.n == 999);
  }
  REQUIRE(views.rebuild("counted"));
  CHECK(get<counted>(views)->state.n == 6);
  must_be_untouched();
  REQUIRE(views.rebuild());
  CHECK(get<journal>(views)->state == log);
  REQUIRE(views.drop("journal"));
  CHECK(get<journal>(views).error() == ab::errc::lagging);
  CHECK(get<counted>(views)->state.n == 6);
  must_be_untouched();
  fixture.reopen(s);
  ab::registry again(s);
  REQUIRE(add<journal>(again));
  CHECK(*again.catch_up(100) == 6);
  CHECK(get<journal>(again)->state == log);
  CHECK(again.rebuild("nobody").error() == ab::errc::out_of_range);
  CHECK(again.drop("settings").error() == ab::errc::out_of_range);
}

TEMPLATE_LIST_TEST_CASE("a new version catches up beside the old one, then takes its place", "[registry][R19]",
                        storages) {
  TestType fixture;
  auto s = fixture.template open<both_families, ab::global_order>();
  fill(s);
  {
    ab::registry views(s);
    REQUIRE(add<first::totals>(views));
    REQUIRE(views.catch_up(100));
  }
  fixture.reopen(s);
  {
    ab::registry views(s);
    REQUIRE(add<second::totals>(views));
    REQUIRE(add<first::totals>(views));
    REQUIRE(spine::stream<account_event>(s, "a").append(deposited{1000}));
    CHECK(*views.catch_up(3) == 3);
    // The old one serves, and goes on; after a restart, too.
    CHECK(get<second::totals>(views).error() == ab::errc::lagging);
    CHECK(get<first::totals>(views)->state.cents == 111);
    CHECK((*views.status())[0].folded == 3);
    CHECK(!(*views.status())[0].serves);
  }
  fixture.reopen(s);
  ab::registry views(s);
  REQUIRE(add<first::totals>(views));
  REQUIRE(add<second::totals>(views));
  CHECK((*views.status())[1].folded == 3);
  CHECK(*views.catch_up(100) == 4);
  CHECK(get<first::totals>(views)->state.cents == 1111);
  CHECK(*views.serving("totals") == 1U);
  REQUIRE(spine::stream<account_event>(s, "b").append(withdrawn{8}));  // promoting catches up by itself
  REQUIRE(promote<second::totals>(views));
  CHECK(*views.serving("totals") == 2U);
  CHECK(get<first::totals>(views).error() == ab::errc::lagging);
  CHECK(get<second::totals>(views)->state.cents == std::map<std::string, std::int64_t>{{"a", 1101}, {"b", 0}});
  CHECK(get<second::totals>(views)->through == s.last());
  // What was replaced is gone, and isn't folded any more.
  CHECK(*views.catch_up(100) == 0);
  CHECK((*views.status())[0].folded == 0);
  REQUIRE(promote<second::totals>(views));
  CHECK(promote<counted>(views).error() == ab::errc::out_of_range);
  // Back again, by folding anew.
  REQUIRE(promote<first::totals>(views));
  CHECK(get<first::totals>(views)->state.cents == 1111);
  fixture.reopen(s);
  ab::registry last(s);
  REQUIRE(add<first::totals>(last));
  CHECK(get<first::totals>(last)->state.cents == 1111);
}

struct picky {
  std::int64_t n = 0;
  void apply(deposited const& e) {
    if (e.cents == 13) throw std::runtime_error("thirteen");
    ++n;
  }
  void apply(ab::others) {}
};
namespace ins {
struct count {
  std::int64_t n = 0;
  void apply(ab::others) { ++n; }
};
}  // namespace ins
namespace outs {
struct count {
  std::int64_t n = 0;
  void apply(ab::others) { --n; }
};
}  // namespace outs

TEMPLATE_LIST_TEST_CASE("what can't be folded is an error, and leaves what is kept", "[registry][R13][R73]", storages) {
  TestType fixture;
  auto s = fixture.template open<both_families, ab::global_order>();
  auto a = spine::stream<account_event>(s, "a");
  REQUIRE(a.append(deposited{1}, deposited{2}));
  ab::registry views(s);
  REQUIRE(add<picky>(views));
  REQUIRE(add<ins::count>(views));
  CHECK(add<outs::count>(views).error() == ab::errc::key_exists);
  ab::registry other(s);
  REQUIRE(add<outs::count>(other));  // of the same name, and with a state of its own
  CHECK(*views.catch_up(9) == 2);
  REQUIRE(a.append(deposited{3}, deposited{13}));
  CHECK_THROWS_AS((void)views.catch_up(9), std::runtime_error);
  CHECK(get<picky>(views)->through == ab::position{2});
  CHECK(get<ins::count>(views)->state.n == 2);
  CHECK(*views.catch_up(1) == 1);
  CHECK_THROWS_AS((void)views.rebuild(), std::runtime_error);
  CHECK_THROWS_AS((void)promote<picky>(views), std::runtime_error);
  CHECK(get<picky>(views)->state.n == 3);
  // A rebuild over a compacted log would lose what was there.
  REQUIRE(a.truncate(ab::revision{2}));
  CHECK(views.rebuild("count").error() == ab::errc::truncated);
  CHECK(get<ins::count>(views)->state.n == 3);
  ab::registry late(s);
  REQUIRE(add<counted>(late));
  CHECK(late.catch_up(9).error() == ab::errc::truncated);
  CHECK(get<counted>(late).error() == ab::errc::lagging);
  // A stream of another family.
  auto clash = spine::stream<order_event>(s, "a");
  ab::registry wrong(clash);
  REQUIRE(add<counted>(wrong));
  CHECK(wrong.catch_up(9).error() == ab::errc::wrong_family);
}

TEMPLATE_LIST_TEST_CASE("a registry catches up and switches while others write", "[registry][R19][R26]",
                        shared_storages) {
  TestType fixture;
  auto s = fixture.template open<both_families, ab::locked<std::mutex>, ab::global_order>();
  std::atomic<int> odd = 0;
  std::atomic<bool> done = false;
  std::vector<std::thread> writers;
  for (int t = 0; t < 4; ++t) {
    writers.emplace_back([&, t] {
      auto own = spine::stream<account_event>(s, *ab::name::parse("own " + std::to_string(t)));
      for (int i = 0; i < 100; ++i) {
        if (!own.append(deposited{1}, noted{"n"})) ++odd;
      }
    });
  }
  std::thread reader([&] {
    ab::registry views(s);
    if (!add<first::totals>(views) || !add<second::totals>(views)) ++odd;
    while (!done) {
      auto const version = views.serving("totals");
      if (!version) ++odd;
      auto const one = get<first::totals>(views);
      auto const two = get<second::totals>(views);
      if (one && one->through.value < one->state.cents) ++odd;
      if (!one && one.error() != ab::errc::lagging) ++odd;
      if (!two && two.error() != ab::errc::lagging) ++odd;
    }
  });
  ab::registry views(s);
  REQUIRE(add<first::totals>(views));
  REQUIRE(add<second::totals>(views));
  bool switched = false;
  for (int i = 0; i < 20; ++i) {
    if (!views.catch_up(50)) ++odd;
    if (i == 10) switched = promote<second::totals>(views).has_value();
  }
  for (auto& t : writers) t.join();
  done = true;
  reader.join();
  if (!switched) REQUIRE(promote<second::totals>(views));
  while (*views.catch_up(50) > 0) {
  }
  CHECK(odd == 0);
  auto const state = *get<second::totals>(views);
  CHECK(state.through == ab::position{800});
  CHECK(state.state.cents == spine::fold<second::totals>(s)->cents);
}

}  // namespace
}  // namespace registering
