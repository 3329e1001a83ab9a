// The spine in constant expressions: what compiles here has run. On every compiler that we support.
#include "catch.hpp"

#include <anabranch/anabranch.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace {

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
struct ordered {
  int items;
};
using account_event = ab::one_of<deposited, withdrawn>;
using order_event = ab::one_of<ordered>;
using both = ab::families<account_event, order_event>;

struct balance {
  std::int64_t cents = 0;
  constexpr void apply(deposited const& e) { cents += e.cents; }
  constexpr void apply(withdrawn const& e) { cents -= e.cents; }
};
struct count {
  int events = 0;
  constexpr void apply(ab::others) { ++events; }
};

constexpr bool two_families_two_streams_and_a_conflict() {
  ab::store<both> shop;
  auto a = shop.stream<account_event>("account/42");
  auto o = shop.stream<order_event>("order/1");
  if (!a.append(ab::no_stream, deposited{500})) return false;

  auto const paid = ab::commit(a.expect(ab::exact(1)), o.expect(ab::no_stream), a.write(withdrawn{200}), o.write(ordered{3}));
  if (!paid || std::get<0>(*paid).revision() != ab::revision{2} || std::get<1>(*paid).revision() != ab::revision{1}) return false;

  auto const late = ab::commit(a.expect(ab::exact(1)), a.write(withdrawn{200}), o.write(ordered{1}));
  return !late && late.error() == ab::errc::wrong_revision && late.error().expected == 1 && late.error().actual == 2 &&
         a.size() == 2 && o.size() == 1;
}
static_assert(two_families_two_streams_and_a_conflict());

constexpr bool folds_snapshots_and_resumes() {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42");
  if (!a.append(deposited{500}, withdrawn{100})) return false;
  auto const [sum, n] = *a.fold<balance, count>();
  if (sum.cents != 400 || n.events != 2) return false;

  if (!ab::snapshot<balance>(a)) return false;
  if (!a.append(deposited{1})) return false;
  auto const loaded = ab::load<balance>(a);
  if (!loaded || loaded->state.cents != 401 || loaded->through != ab::revision{3}) return false;
  if (!a.append(deposited{2})) return false;
  auto const resumed = a.resume(*loaded);
  return resumed && resumed->state.cents == a.fold<balance>()->cents && resumed->through == a.last();
}
static_assert(folds_snapshots_and_resumes());

constexpr bool compacts_and_keeps_counting() {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42");
  if (!a.append_all(std::vector<deposited>(10, deposited{7}))) return false;
  auto const state = *a.project<balance>();
  if (!ab::commit(ab::write_snapshot(a, state), a.write_truncation(state.through))) return false;
  if (a.size() != 0 || a.last() != ab::revision{10} || ab::load<balance>(a)->state.cents != 70) return false;
  if (!a.append(ab::exact(10), deposited{1})) return false;
  return a.fold<balance>().error() == ab::errc::truncated && ab::load<balance>(a)->state.cents == 71;
}
static_assert(compacts_and_keeps_counting());

constexpr bool values_beside_events() {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42");
  auto cursors = bank.kv<ab::revision>("cursors");
  if (!ab::commit(a.write(deposited{1}), cursors.write("seen", a.revision_here()))) return false;
  if (*cursors.get("seen") != ab::revision{1} || cursors.get("other")->has_value()) return false;
  auto const twice = ab::commit(cursors.write_new("seen", ab::revision{9}), a.write(deposited{1}));
  if (twice || twice.error() != ab::errc::key_exists || a.size() != 1) return false;
  if (!cursors.compare_and_swap("seen", ab::revision{1}, ab::revision{2})) return false;
  return *cursors.update("seen", {}, [](ab::revision r) { return r.next(); }) == ab::revision{3} && *cursors.erase("seen") &&
         cursors.keys()->empty();
}
static_assert(values_beside_events());

constexpr bool in_the_order_of_commits() {
  ab::store<both, ab::policies<ab::global_order, ab::manual_clock, ab::revisions_from<0>>> shop;
  auto a = shop.stream<account_event>("account/42");
  auto o = shop.stream<order_event>("order/1");
  shop.clock().set(ab::timestamp::from_seconds(1));
  if (o.append(ordered{1})->revision() != ab::revision{0}) return false;
  auto const seen = *shop.project<count>();
  if (!a.append(ab::at(ab::timestamp{5}), deposited{1})) return false;
  if (shop.resume(seen)->state.events != 2 || shop.resume(seen)->through != ab::position{2}) return false;
  auto const all = *shop.read();
  return all.size() == 2 && all[0].type() == "ordered" && all[1].at == ab::timestamp{5} && all[1].position == ab::position{2};
}
static_assert(in_the_order_of_commits());

// What isn't asked for takes no room.
using row = ab::row<account_event, ab::no_stamp, ab::no_position>;
static_assert(sizeof(row) == sizeof(account_event));
static_assert(sizeof(ab::receipt<ab::no_stamp, ab::no_position>) == 2 * sizeof(ab::revision));
static_assert(sizeof(ab::store<account_event>) == sizeof(void*));
static_assert(sizeof(ab::store<account_event>::stream_type<>) == sizeof(void*));

}  // namespace

TEST_CASE("the spine runs in a constant expression, and at run time", "[constexpr][R9][R12][R17][R24]") {
  CHECK(two_families_two_streams_and_a_conflict());
  CHECK(folds_snapshots_and_resumes());
  CHECK(compacts_and_keeps_counting());
  CHECK(values_beside_events());
  CHECK(in_the_order_of_commits());
}
