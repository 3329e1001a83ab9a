// Decisions take inline projections along, and hubs publish them.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <tuple>
#include <utility>

namespace inlining {
namespace {

using namespace spine;

struct deposit {
  std::int64_t cents;
};
struct teller {
  using state = balance;
  ab::result<std::tuple<deposited, noted>> decide(deposit const& c, balance const& now) const {
    if (now.cents + c.cents > 100) return ab::refuse("too much");
    return std::tuple(deposited{c.cents}, noted{"by a teller"});
  }
};

TEMPLATE_LIST_TEST_CASE("a decision keeps its states, and is published", "[inline_projection][R16][R20]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order, ab::system_clock>();
  auto a = bank.stream("a");
  ab::hub hub(bank);
  journal told;
  auto const s = hub.subscribe([&](auto const& e, auto const& info) { told.apply(e, info); });
  for (int i = 0; i < 2; ++i) {
    auto decided = ab::decide_on(a, teller{}, deposit{40});
    REQUIRE(decided);
    auto [expected, write] = *std::move(decided);
    auto const r = hub.commit(std::move(expected), ab::inlined<balance, journal>(std::move(write)));
    REQUIRE(r);
    CHECK(r->complete());
    CHECK(r->outcome.last == a.last());
  }
  CHECK(ab::decide_on(a, teller{}, deposit{40}).error() == ab::errc::refused);
  CHECK(ab::load_inlined<balance>(a)->state == balance{80, "by a teller"});
  // A step sees a decision's events as a fold does, and a subscriber as they are stored.
  auto const folded = *spine::fold<journal>(a);
  CHECK(folded.lines.size() == 4);
  CHECK(ab::load_inlined<journal>(a)->state == folded);
  CHECK(told == folded);
}

}  // namespace
}  // namespace inlining
