// handle == read everything, decide, append: for random commands, other writers at random moments, and all options.
#include "decider/bank.hpp"

#include <random>

namespace deciding {
namespace {

// The teller's rules once more, in one piece. None where they refuse.
std::optional<std::vector<account_event>> by_the_rules(command const& c, ledger const& l) {
  std::vector<account_event> all;
  if (auto const* d = c.get_if<deposit>()) all.emplace_back(deposited{d->cents});
  if (auto const* w = c.get_if<withdraw>()) {
    if (w->cents > l.cents) return std::nullopt;
    all.emplace_back(withdrawn{w->cents});
  }
  if (auto const* r = c.get_if<remark>()) {
    if (l.seen.lines.empty() || !l.seen.lines.back().ends_with(' ' + r->text)) all.emplace_back(noted{r->text});
  }
  if (c.holds<settle>() && l.cents > 0) all = {withdrawn{l.cents}, noted{"settled"}};
  return all;
}

// What the whole log says before `r`, by a fold of all events that no option touches.
template <class Stream>
ab::folded<ledger> before(Stream const& s, ab::revision r) {
  ab::folded<ledger> state{{}, r.previous()};
  for (auto const& e : *s.read(ab::through(state.through))) {
    e.data.visit([&](auto const& data) { state.state.apply(data, e); });
  }
  return state;
}

TEMPLATE_LIST_TEST_CASE("handling is deciding over a full fold, then appending", "[decider][R24][R12][R17]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order, ab::manual_clock>();
  std::mt19937 random(GENERATE(range(1U, 9U)));
  auto const below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  int conflicts = 0, refusals = 0, written = 0;
  for (int i = 0; i < 120; ++i) {
    auto a = bank.stream("a"), b = bank.stream("b");
    auto const c = std::array<command, 4>{deposit{below(100)}, withdraw{below(150)}, remark{std::to_string(below(3))},
                                          settle{}}[static_cast<std::size_t>(below(4))];
    auto foreign = below(4);
    auto const others = ab::also([&] {
      for (; foreign > 0; --foreign) {
        REQUIRE(b.append(noted{"elsewhere"}));
        if (below(2) == 0) REQUIRE(a.append(deposited{below(50)}));
        if (below(2) == 0) break;  // and the next ones before the next attempt
      }
      return std::tuple<>();
    });
    auto const r = [&] {
      switch (below(4)) {
        case 0: return ab::handle(a, teller{}, c, others, ab::snapshot_every(below(5) + 1));
        case 1: return ab::handle(a, teller{}, c, ab::from_snapshot, others);
        case 2: {
          auto const age = ab::revision{below(static_cast<int>(a.last().value) + 1) + 1};
          return ab::retry_append(
              a, before(a, age),
              [&](ledger const& l) -> ab::result<std::vector<account_event>> {
                auto all = by_the_rules(c, l);
                if (!all) return overdrawn;
                return *std::move(all);
              },
              others);
        }
        default: return ab::handle(a, teller{}, c, others);
      }
    }();
    // Decided on everything that was there before, and on nothing else.
    auto const known = before(a, r ? r->receipt.first : a.last().next());
    auto const expected = by_the_rules(c, known.state);
    REQUIRE(expected.has_value() == r.has_value());
    if (!r) {
      ++refusals;
      CHECK(r.error() == ab::errc::refused);
      CHECK(r.error().what == overdrawn.what);
    } else {
      std::vector<account_event> happened;
      for (auto const& e : *a.read(ab::between(r->receipt.first, r->receipt.last))) happened.push_back(e.data);
      CHECK(happened == *expected);
      conflicts += r->attempts - 1;
      written += static_cast<int>(happened.size());
      // And the state is that of a full fold.
      auto const folded = spine::project<ledger>(a);
      CHECK(r->state.through == folded->through);
      CHECK(r->state.state == folded->state);
      CHECK(ab::load<ledger>(a)->state == folded->state);
    }
    if (below(20) == 0) fixture.reopen(bank);
  }
  // It met what it is about.
  CHECK(conflicts > 10);
  CHECK(refusals > 5);
  CHECK(written > 50);
}

}  // namespace
}  // namespace deciding
