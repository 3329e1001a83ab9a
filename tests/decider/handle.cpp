// A command becomes events, or an error and nothing else.
#include "decider/bank.hpp"

#include <stdexcept>

namespace deciding {
namespace {

using ab::errc;

TEMPLATE_LIST_TEST_CASE("a command becomes events, and gives the new state", "[decider][R12]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order, ab::manual_clock>();
  auto a = bank.stream("a"), b = bank.stream("b");
  REQUIRE(b.append(deposited{1}));  // so that positions and revisions differ

  auto const r = ab::handle(a, teller{}, deposit{500});
  REQUIRE(r);
  CHECK(r->receipt.revision() == ab::revision{1});
  CHECK(r->receipt.position == ab::position{2});
  CHECK(r->attempts == 1);
  CHECK(r->state->cents == 500);
  auto const settled = ab::handle(a, teller{}, settle{});
  REQUIRE(settled);
  CHECK(settled->receipt.first == ab::revision{2});
  CHECK(settled->receipt.last == ab::revision{3});
  CHECK(settled->receipt.at == ab::timestamp{3});
  // The state is what a fold of the log gives: also places, times, and how far it reaches.
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    auto const folded = spine::project<ledger>(bank.stream("a"));
    CHECK(settled->state.through == folded->through);
    CHECK(settled->state.state == folded->state);
    CHECK(folded->state.seen.lines ==
          std::vector<std::string>{"a@1 t1 p2 +500", "a@2 t2 p3 -500", "a@3 t3 p4 settled"});
  }
}

TEMPLATE_LIST_TEST_CASE("what the rules refuse is told from what a storage refuses", "[decider][R24]", storages) {
  TestType fixture;
  auto bank = fixture.template open<spine::both_families>();
  auto a = spine::stream<account_event>(bank, "a");
  REQUIRE(a.append(deposited{100}));
  teller::decisions = 0;
  auto const refused = ab::handle(a, teller{}, withdraw{200}, ab::also([&] { return a.write(noted{"never"}); }));
  REQUIRE(!refused);
  CHECK(refused.error() == errc::refused);
  CHECK(refused.error().what == overdrawn.what);
  CHECK(refused.error().where == "a");
  CHECK(refused.error().message().view() ==
        "a: the account would be overdrawn (expected 200, actual 100); withdraw less, or deposit first");
  CHECK(teller::decisions == 1);
  CHECK(a.last() == ab::revision{1});

  REQUIRE(spine::stream<spine::order_event>(bank, "orders").append(spine::ordered{1}));
  auto const clash = ab::handle(spine::stream<account_event>(bank, "orders"), teller{}, deposit{1});
  CHECK(clash.error() == errc::wrong_family);
  CHECK(teller::decisions == 1);
}

TEMPLATE_LIST_TEST_CASE("a command that is known at run time finds its decision", "[decider]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  for (auto const& c : {command(deposit{5}), command(withdraw{2}), command(remark{"x"}), command(settle{})}) {
    CHECK(ab::handle(a, teller{}, c));
  }
  CHECK(ab::handle(a, teller{}, command(withdraw{1})).error() == errc::refused);
  CHECK(spine::read_all(a).lines == std::vector<std::string>{"a@1 +5", "a@2 -2", "a@3 x", "a@4 -3", "a@5 settled"});
}

// One decider a form of decision: each gives the events +1, "two", -3 or some of them.
struct ask {
  int n = 3;
};
template <class F>
struct giving {
  using state = ledger;
  F f;
  auto decide(ask const& c, ledger const&) const { return f(c.n); }
};
template <class F>
giving(F) -> giving<F>;

// In memory only: what a storage sees is one event after the other.
TEST_CASE("a decision has many forms", "[decider][R25]") {
  ab::store<account_event> bank;
  auto a = bank.stream("a");
  deposited const one{1};
  noted const two{"two"};
  withdrawn const three{3};
  auto const gives = [&](auto f, std::vector<std::string> const& lines) {
    auto const before = a.last().value;
    auto const r = ab::handle(a, giving{f}, ask{});
    REQUIRE(r);
    auto const n = static_cast<std::int64_t>(lines.size());
    CHECK(r->receipt.first == ab::revision{before + 1});
    CHECK(r->receipt.last == ab::revision{before + n});
    CHECK(a.last() == ab::revision{before + n});
    CHECK(r->state.state == spine::project<ledger>(a)->state);
    std::vector<std::string> written;
    for (auto const& e : *a.read(ab::from(before + 1))) {
      written.push_back(e.data.visit([]<class T>(T const& v) {
        if constexpr (std::is_same_v<T, noted>)
          return v.text;
        else
          return std::to_string(v.cents);
      }));
    }
    CHECK(written == lines);
  };
  using strings = std::vector<std::string>;
  SECTION("an event") {
    gives([&](int) { return one; }, {"1"});
    gives([&](int) { return account_event(two); }, {"two"});
    gives([&](int) { return ab::one_of<deposited, noted>(two); }, {"two"});
    gives([&](int) { return ab::result<withdrawn>(three); }, {"3"});
  }
  SECTION("perhaps one") {
    gives([&](int) { return std::optional(one); }, {"1"});
    gives([&](int) { return std::optional<noted>(); }, strings{});
    gives([&](int) { return ab::result<std::optional<account_event>>(std::nullopt); }, strings{});
  }
  SECTION("several, known while compiling") {
    gives([&](int) { return std::tuple(one, two, three); }, {"1", "two", "3"});
    gives([&](int) { return std::pair(one, account_event(two)); }, {"1", "two"});
    gives([&](int) { return std::tuple(one, std::optional<noted>(), std::optional(three)); }, {"1", "3"});
    gives([&](int) { return ab::result<std::tuple<noted, deposited>>(std::tuple(two, one)); }, {"two", "1"});
    gives([&](int) { return std::tuple<>(); }, strings{});
  }
  SECTION("any number") {
    gives([&](int n) { return std::vector<account_event>(static_cast<std::size_t>(n), two); }, {"two", "two", "two"});
    gives([&](int n) { return std::vector<deposited>(static_cast<std::size_t>(n), one); }, {"1", "1", "1"});
    gives([&](int) { return std::vector<account_event>(); }, strings{});
    gives([&](int) { return std::array<account_event, 2>{one, three}; }, {"1", "3"});
    gives([&](int) { return std::pair(std::array{one, one}, std::vector{two}); }, {"1", "1", "two"});
  }
  SECTION("one list or another") {
    using either = ab::one_of<deposited, std::tuple<noted, withdrawn>>;
    gives([&](int) { return either(std::tuple(two, three)); }, {"two", "3"});
    gives([&](int) { return either(one); }, {"1"});
  }
}

TEMPLATE_LIST_TEST_CASE("nothing to do is no write", "[decider][R25]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a");
  auto const never = ab::handle(a, teller{}, settle{});
  REQUIRE(never);
  CHECK(ab::commit(a.expect(ab::no_stream)));
  CHECK(never->state.through == ab::revision{0});
  REQUIRE(ab::handle(a, teller{}, remark{"once"}));
  auto const again = ab::handle(a, teller{}, remark{"once"});
  REQUIRE(again);
  CHECK(again->receipt.last == ab::revision{1});
  CHECK(again->receipt.first == ab::revision{2});
  CHECK(a.last() == ab::revision{1});
}

TEMPLATE_LIST_TEST_CASE("what else is committed with the events", "[decider][R9]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a"), b = bank.stream("b");
  auto marks = spine::kv<bool>(bank, "marks");
  auto outbox = spine::kv<std::int64_t>(bank, "outbox");
  REQUIRE(ab::handle(a, teller{}, deposit{500}));

  SECTION("an event of another stream") {
    REQUIRE(ab::handle(a, teller{}, withdraw{200}, ab::also([&] { return b.write(deposited{200}); })));
    CHECK(spine::fold<spine::balance>(a)->cents == 300);
    CHECK(spine::fold<spine::balance>(b)->cents == 200);
  }
  SECTION("a mark, by which the same request counts once") {
    auto const pay = [&] {
      return ab::handle(a, teller{}, withdraw{200}, ab::also([&] { return marks.write_new("request 7", true); }));
    };
    REQUIRE(pay());
    fixture.reopen(bank);
    a = bank.stream("a");
    marks = spine::kv<bool>(bank, "marks");
    teller::decisions = 0;
    CHECK(pay().error() == errc::key_exists);
    CHECK(teller::decisions == 1);
    CHECK(spine::fold<spine::balance>(a)->cents == 300);
  }
  SECTION("several, of what was decided") {
    auto const r =
        ab::handle(a, teller{}, withdraw{200}, ab::also([&](withdrawn const& e) {
                     return std::tuple(outbox.write("row", e.cents), b.write(deposited{e.cents}),
                                       outbox.write("revision", [at = a.revision_here()] { return at().value; }));
                   }));
    REQUIRE(r);
    CHECK(*outbox.get("row") == 200);
    CHECK(*outbox.get("revision") == 2);
    CHECK(b.last() == ab::revision{1});
  }
  SECTION("also where nothing was decided") {
    REQUIRE(ab::handle(b, teller{}, settle{}, ab::also([&] { return marks.write("seen", true); })));
    CHECK(**marks.get("seen"));
    CHECK(b.last() == ab::revision{0});
  }
  SECTION("one that is refused takes the events with it") {
    teller::decisions = 0;
    auto const before = spine::read_all(a);
    auto const tries = [&](auto f, errc kind) {
      CHECK(ab::handle(a, teller{}, deposit{1}, ab::also(f)).error() == kind);
      CHECK(spine::read_all(a) == before);
      CHECK(b.last() == ab::revision{0});
    };
    tries([&] { return std::tuple(b.write(deposited{1}), marks.write("", true)); }, errc::invalid_name);
    tries([&] { return std::tuple(b.write(deposited{1}), b.expect(ab::stream_exists)); }, errc::no_such_stream);
    using operation = decltype(b.write(deposited{1}));
    tries([&]() -> ab::result<operation> { return ab::error(errc::io, "no answer", "ask again"); }, errc::io);
    CHECK(teller::decisions == 3);
    CHECK(ab::handle(a, teller{}, deposit{1},
                     ab::also([&]() -> ab::result<operation> { return b.write(deposited{1}); })));
    CHECK(b.last() == ab::revision{1});
  }
}

struct fragile_teller {
  using state = ledger;
  deposited decide(ask const&, ledger const&) const { throw std::runtime_error("no decision"); }
};
struct fragile_state {
  int n = 0;
  void apply(deposited const&) {
    if (++n == 3) throw std::runtime_error("no step");
  }
  void apply(ab::others) {}
};
struct giver {
  using state = fragile_state;
  std::array<deposited, 2> decide(ask const&, fragile_state const&) const { return {}; }
};

TEMPLATE_LIST_TEST_CASE("a decision or a step that throws leaves the store as it was", "[decider][R9]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto a = bank.stream("a"), b = bank.stream("b");
  REQUIRE(a.append(deposited{1}));
  CHECK_THROWS_AS(ab::handle(a, fragile_teller{}, ask{}), std::runtime_error);
  // The second of two events: the first was staged when its step threw.
  REQUIRE(ab::handle(b, giver{}, ask{}));
  REQUIRE(b.truncate(ab::revision{1}));
  REQUIRE(a.append(deposited{1}));
  auto const known = ab::folded<fragile_state>{{2}, a.last()};
  CHECK_THROWS_AS(
      ab::retry_append(
          a, ab::folded<fragile_state>{{1}, a.last()}, [](fragile_state const&) { return std::array<deposited, 2>{}; },
          ab::also([&] { return b.write(deposited{1}); })),
      std::runtime_error);
  CHECK_THROWS_AS(ab::retry_append(a, known, [](fragile_state const&) { return deposited{}; }), std::runtime_error);
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    CHECK(bank.stream("a").last() == ab::revision{2});
    CHECK(bank.stream("b").last() == ab::revision{2});
  }
}

}  // namespace
}  // namespace deciding
