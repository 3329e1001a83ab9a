// All of it while compiling, on a store in memory.
#include <anabranch/anabranch.hpp>
#include <anabranch/decider.hpp>

#include "catch.hpp"

#include <cstdint>
#include <tuple>

namespace {

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

struct balance {
  std::int64_t cents = 0;
  std::int64_t last = 0;  // the position of the last event
  constexpr void apply(deposited const& e, auto const& info) { cents += e.cents, last = info.position.value; }
  constexpr void apply(withdrawn const& e, auto const& info) { cents -= e.cents, last = info.position.value; }
};

struct deposit {
  std::int64_t cents;
};
struct withdraw {
  std::int64_t cents;
};
struct teller {
  using state = balance;
  constexpr deposited decide(deposit const& c, balance const&) const { return {c.cents}; }
  constexpr ab::result<withdrawn> decide(withdraw const& c, balance const& b) const {
    if (c.cents > b.cents) return ab::refuse("the account would be overdrawn", "withdraw less");
    return withdrawn{c.cents};
  }
};

constexpr bool handles() {
  ab::store<account_event, ab::policies<ab::global_order, ab::manual_clock>> bank;
  auto a = bank.stream("a"), b = bank.stream("b");
  auto marks = bank.kv<bool>("marks");
  if (!ab::handle(b, teller{}, deposit{1})) return false;
  auto const first = ab::handle(a, teller{}, deposit{500}, ab::snapshot_every(1));
  if (!first || first->state->cents != 500 || first->state->last != 2) return false;

  int faster = 2;
  auto const r = ab::handle(
      a, teller{}, ab::one_of<deposit, withdraw>(withdraw{200}), ab::from_snapshot, ab::retry(3), ab::also([&] {
        if (faster-- > 0) (void)a.append(deposited{10});
        return std::tuple_cat(*ab::decide_on(b, teller{}, deposit{200}), std::tuple(marks.write("paid", true)));
      }));
  if (!r || r->attempts != 3 || r->state->cents != 320 || r->state->last != 5 || r->receipt.revision().value != 4)
    return false;

  auto const refused = ab::handle(a, teller{}, withdraw{321});
  return !refused && refused.error() == ab::errc::refused && refused.error().where.view() == "a" &&
         b.last().value == 2 && a.fold<balance>()->cents == 320;
}
static_assert(handles());

// The first revision is a policy: "none" is -1 here.
constexpr bool counts_from_zero() {
  ab::store<account_event, ab::policies<ab::global_order, ab::revisions_from<0>>> bank;
  auto a = bank.stream("a");
  if (!ab::commit(a.expect(ab::no_stream))) return false;
  for (int i = 0; i < 4; ++i) {
    auto const r = ab::handle(a, teller{}, deposit{1}, ab::snapshot_every(3));
    if (!r || r->receipt.revision().value != i || r->state.through.value != i) return false;
  }
  if (!a.truncate(ab::revision{2})) return false;  // what the first three left is kept
  return ab::handle(a, teller{}, withdraw{4}, ab::from_snapshot).has_value();
}
static_assert(counts_from_zero());

constexpr std::int64_t waits() {
  std::int64_t slept = 0;
  ab::exponential_backoff wait([&](std::int64_t ns) { slept += ns; }, 1000, 4000, 1);
  for (int i = 1; i < 10; ++i) wait(i);
  return slept;
}
static_assert(waits() > 0 && waits() <= 31'000);

TEST_CASE("handling is a constant expression, on a store in memory", "[decider][R24]") {
  CHECK(handles());
  CHECK(waits() == waits());
}

}  // namespace
