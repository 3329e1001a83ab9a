// The spine in constant expressions: whole programs that the compiler runs, on every compiler that we support.
#include "catch.hpp"

#include <anabranch/clock.hpp>
#include <anabranch/snapshot.hpp>
#include <anabranch/store.hpp>

#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using ab::errc;

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct ordered {
  int item;
};
using order_event = ab::one_of<ordered>;

struct balance {
  std::int64_t cents = 0;
  constexpr void apply(deposited const& e) { cents += e.cents; }
  constexpr void apply(withdrawn const& e) { cents -= e.cents; }
};
struct count {
  int n = 0;
  constexpr void apply(ab::others) { ++n; }
};
// A number that depends on each event's place: n-th digit is the n-th revision.
struct revisions {
  std::int64_t seen = 0;
  constexpr void apply(auto const&, auto const& info) { seen = seen * 10 + info.revision.value; }
};

// Each program gives 0, or the number of the line that went wrong.
#define WANT(...) \
  if (!(__VA_ARGS__)) return __LINE__

constexpr int appends_and_conflicts() {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42"), b = bank.stream("account/43");
  WANT(a.append(deposited{500}));
  auto const r = a.append(ab::exact(1), withdrawn{200});
  WANT(r && r->revision() == ab::revision{2});
  auto const conflict = a.append(ab::exact(1), withdrawn{200});
  WANT(!conflict && conflict.error() == errc::wrong_revision);
  WANT(conflict.error().expected == 1 && conflict.error().actual == 2);
  WANT(conflict.error().where == "account/42");
  WANT(conflict.error().message() ==
       "account/42: the stream is at another revision (expected 1, actual 2); read what was appended since, "
       "decide again, and retry");
  WANT(a.append(ab::no_stream, deposited{1}).error() == errc::stream_exists);
  WANT(b.append(ab::stream_exists, deposited{1}).error() == errc::no_such_stream);
  WANT(b.append(ab::expectation(ab::no_stream), deposited{1}, deposited{2})->last == ab::revision{2});
  WANT(a.append_all(std::vector<deposited>(20, deposited{1}))->last == ab::revision{22});
  WANT(a.append_all(std::vector<account_event>())->last == ab::revision{22});
  auto moved = std::move(bank);
  WANT(a.append(deposited{1}) && moved.stream("account/42").last() == ab::revision{23});
  return 0;
}

constexpr int commits_over_two_streams() {
  ab::store<ab::families<account_event, order_event>> shop;
  auto a = shop.stream<account_event>("account"), b = shop.stream<account_event>("other");
  auto o = shop.stream<order_event>("order/1");
  auto stock = shop.kv<std::int64_t>("stock");
  auto cursors = shop.kv<ab::revision>("cursors");
  WANT(stock.put("apple", 3) && a.append(deposited{100}));
  auto const r = ab::commit(a.expect(ab::exact(1)), o.expect(ab::no_stream), stock.expect("apple", 3),
                            a.write(withdrawn{60}), o.write(ordered{1}), stock.write("apple", 2),
                            cursors.write("account", a.revision_here()), b.write(deposited{60}));
  WANT(r && std::get<0>(*r).revision() == ab::revision{2} && std::get<2>(*r) == 2 &&
       std::get<3>(*r) == ab::revision{2});
  WANT(
      ab::commit(a.write(deposited{1}), stock.write("apple", 1), b.expect(ab::exact(7)), o.write(ordered{2})).error() ==
      errc::wrong_revision);
  WANT(ab::commit(a.write(deposited{1}), stock.write_new("apple", 1)).error() == errc::key_exists);
  WANT(a.size() == 2 && b.size() == 1 && o.size() == 1 && *stock.get("apple") == 2);
  auto clash = shop.stream<account_event>("order/1");
  WANT(clash.append(deposited{1}).error() == errc::wrong_family);
  WANT(ab::commit(a.write(deposited{1}), clash.write(deposited{1})).error() == errc::wrong_family && a.size() == 2);
  return 0;
}

constexpr int reads_folds_and_resumes() {
  ab::store<account_event> bank;
  auto a = bank.stream("a");
  WANT(a.append(deposited{5}, withdrawn{1}, deposited{2}));
  auto const [b, c, r] = *a.fold<balance, count, revisions>();
  WANT(b.cents == 6 && c.n == 3 && r.seen == 123);
  auto const kept = *a.project<balance>();
  WANT(kept.through == ab::revision{3});
  WANT(a.append(deposited{4}));
  auto const resumed = *a.resume(kept);
  WANT(resumed->cents == 10 && resumed.through == ab::revision{4});
  std::int64_t seen = 0;
  for (auto const e : *a.read_backwards(ab::between(2, 4))) seen = seen * 10 + e.revision.value;
  WANT(seen == 432);
  for (auto const e : *a.read(ab::from(4))) WANT(e.type() == "deposited" && e.stream == "a");
  WANT(*a.truncate(ab::revision{3}) == ab::revision{4} && a.last() == ab::revision{4} && a.size() == 1);
  WANT(a.fold<balance>().error() == errc::truncated && a.fold<balance>(ab::stored)->cents == 4);
  WANT(a.resume(ab::folded<balance>{{6}, ab::revision{3}})->state.cents == 10);
  WANT(a.resume(ab::folded<balance>{{}, ab::revision{9}}).error() == errc::out_of_range);
  return 0;
}

constexpr int snapshots() {
  ab::store<account_event> bank;
  auto a = bank.stream("a");
  WANT(a.append(deposited{5}, withdrawn{1}));
  WANT(ab::snapshot<balance>(a)->through == ab::revision{2});
  WANT(a.truncate(ab::revision{2}) && a.append(deposited{1}));
  auto const loaded = ab::load<balance>(a);
  WANT(loaded && loaded->state.cents == 5 && loaded->through == ab::revision{3});
  WANT(ab::load<count>(a).error() == errc::truncated);
  return 0;
}

constexpr int compactions() {
  ab::store<account_event> bank;
  auto a = bank.stream("a");
  WANT(a.append_all(std::vector<deposited>(10, deposited{7})));
  auto const state = *a.project<balance>();
  WANT(ab::commit(ab::write_snapshot(a, state), a.write_truncation(state.through)));
  WANT(a.size() == 0 && a.last() == ab::revision{10} && ab::load<balance>(a)->state.cents == 70);
  WANT(a.append(ab::exact(10), deposited{1}));
  WANT(a.fold<balance>().error() == errc::truncated && ab::load<balance>(a)->state.cents == 71);
  return 0;
}

constexpr int key_values() {
  ab::store<account_event> bank;
  auto t = bank.kv<std::int64_t>("t");
  WANT(!t.get("k")->has_value() && *t.get_or("k", 7) == 7 && !*t.contains("k") && !*t.erase("k"));
  WANT(*t.put("k", 1) == 1 && *t.update("k", 0, [](std::int64_t n) { return n + 1; }) == 2);
  WANT(t.put_new("k", 3).error() == errc::key_exists && *t.put_new("l", 3) == 3);
  WANT(t.compare_and_swap("k", 1, 9).error() == errc::value_mismatch && *t.compare_and_swap("k", 2, 9) == 9);
  WANT(t.compare_and_swap("k", std::nullopt, 1).error() == errc::value_mismatch &&
       t.compare_and_swap("m", std::nullopt, 1));
  WANT(t.keys()->size() == 3 && (*t.keys())[2].view() == "m" && *t.erase("k") && t.keys()->size() == 2);
  WANT(t.put("", 1).error() == errc::invalid_name && t.put("$k", 1).error() == errc::reserved_name);
  WANT(bank.kv<bool>("t").get("k").error() == errc::wrong_type);
  for (char c = 'a'; c <= 'z'; ++c) {
    char const key[] = {c, c};
    WANT(t.put({key, 2}, c) && (c % 2 == 0 || *t.erase({key, 2})));
  }
  WANT(t.keys()->size() == 2 + 13);
  return 0;
}

constexpr int whole_stores() {
  ab::store<ab::families<account_event, order_event>,
            ab::policies<ab::global_order, ab::manual_clock, ab::revisions_from<0>>>
      shop;
  auto a = shop.stream<account_event>("a");
  auto o = shop.stream<order_event>("o");
  shop.clock().set(ab::timestamp{100});
  auto const r = o.append(ordered{1});
  WANT(r->revision() == ab::revision{0} && r->at == ab::timestamp{100} && r->position == ab::position{1});
  WANT(a.append(ab::no_stream, ab::at(ab::timestamp{7}), deposited{1})->position == ab::position{2});
  WANT(a.append(deposited{1})->at == ab::timestamp{101});
  auto const all = *shop.read();
  WANT(all.size() == 3 && all[0].type() == "ordered" && all[1].stream == "a" && all[1].at == ab::timestamp{7});
  auto const kept = *shop.project<count>();
  WANT(o.append(ordered{2}) && shop.resume(kept)->state.n == 4 && shop.fold<count>(ab::from(3))->n == 2);
  WANT(o.truncate(ab::revision{0}) && shop.fold<count>().error() == errc::truncated &&
       shop.fold<count>(ab::from(2))->n == 3);
  return 0;
}

static_assert(appends_and_conflicts() == 0);
static_assert(commits_over_two_streams() == 0);
static_assert(reads_folds_and_resumes() == 0);
static_assert(snapshots() == 0);
static_assert(compactions() == 0);
static_assert(key_values() == 0);
static_assert(whole_stores() == 0);

TEST_CASE("the spine runs in a constant expression, and at run time the same",
          "[constexpr][R2][R4][R9][R10][R11][R12][R17][R24]") {
  CHECK(appends_and_conflicts() == 0);
  CHECK(commits_over_two_streams() == 0);
  CHECK(reads_folds_and_resumes() == 0);
  CHECK(snapshots() == 0);
  CHECK(compactions() == 0);
  CHECK(key_values() == 0);
  CHECK(whole_stores() == 0);
}

// An axis that isn't used costs no byte: not in an event, nor in what an append gives, nor in a store.
static_assert(sizeof(ab::row<account_event, ab::no_stamp, ab::no_position>) == sizeof(account_event));
static_assert(sizeof(ab::row<account_event, ab::timestamp, ab::no_position>) ==
              sizeof(account_event) + sizeof(ab::timestamp));
static_assert(sizeof(ab::row<account_event, ab::no_stamp, ab::position>) ==
              sizeof(account_event) + sizeof(ab::position));
static_assert(sizeof(ab::event_info<ab::no_stamp, ab::no_position>) == sizeof(std::string_view) + sizeof(ab::revision));
static_assert(sizeof(ab::receipt<ab::no_stamp, ab::no_position>) == 2 * sizeof(ab::revision));
static_assert(sizeof(account_event) == 2 * sizeof(std::int64_t));
template <class... Ps>
using engine = ab::memory_storage::engine<ab::detail::schema<ab::families<account_event>, ab::policies<Ps...>>>;
struct its_members {
  ab::detail::name_table<int> a;
  std::vector<int*> b;
  ab::detail::name_table<int> c;
  int d;
};
static_assert(sizeof(engine<>) == sizeof(its_members));
static_assert(sizeof(engine<ab::no_clock, ab::per_stream, ab::single_threaded>) == sizeof(engine<>));
static_assert(sizeof(engine<ab::manual_clock>) == sizeof(engine<>) + sizeof(ab::manual_clock));
static_assert(sizeof(engine<ab::global_order>) > sizeof(engine<>));
// A store and its handles are a pointer each.
static_assert(sizeof(ab::store<account_event>) == sizeof(void*));
static_assert(sizeof(ab::store<account_event>::stream_type<>) == sizeof(void*));

}  // namespace
