#include "account.hpp"

using bank_store = ab::store<account_event>;
using account_stream = bank_store::stream_type<>;

// A projection with a name of its own, and a step that looks at where the event stands.
struct statement {
  static constexpr ab::definition definition{"statement", 1};
  std::int64_t lines = 0;
  std::int64_t last_withdrawal = 0;
  void apply(withdrawn const&, auto const& info) { ++lines, last_withdrawal = info.revision.value; }
  void apply(ab::others) { ++lines; }
};

ab::result<void> fold(account_stream alice) {
  auto const both = alice.fold<balance, statement>();  // one pass
  if (!both) return both.error();
  auto const& [money, paper] = *both;
  print("cents", money.cents);
  print("lines", paper.lines);
  print("last withdrawal", paper.last_withdrawal);
  return {};
}

ab::result<void> keep(account_stream alice) {
  auto const kept = ab::snapshot<balance>(alice);
  if (!kept) return kept.error();
  if (auto const r = alice.append(deposited{5}); !r) return r.error();
  auto const now = ab::load<balance>(alice);  // the snapshot, and the one event since
  if (!now) return now.error();
  print("cents", now->state.cents);
  print("through", now->through.value);
  return {};
}

ab::result<void> compact(account_stream alice) {
  auto const did = ab::maybe_compact<balance, statement>(alice, ab::every_events(4));
  if (!did) return did.error();
  print(*did ? "compacted" : "not yet");
  print("events", static_cast<std::int64_t>(alice.size()));
  auto const paper = ab::load<statement>(alice);
  if (!paper) return paper.error();
  print("lines", paper->state.lines);
  return {};
}

// The same by hand: keep a state and drop what is in it, together with whatever else belongs into the commit.
ab::result<void> compact_by_hand(account_stream alice) {
  if (auto const r = alice.append(withdrawn{1}); !r) return r.error();
  auto const now = ab::load<balance>(alice);
  if (!now) return now.error();
  auto const done = ab::commit(ab::write_snapshot(alice, *now), alice.write_truncation(now->through));
  if (!done) return done.error();
  print("events", static_cast<std::int64_t>(alice.size()));
  return {};
}

int main() {
  bank_store bank;
  auto alice = bank.stream("account/alice");
  if (auto const r = alice.append(deposited{500}, withdrawn{200}, deposited{10}); !r) return status_of(r.error());
  auto r = fold(alice);
  if (r) r = keep(alice);
  if (r) r = compact(alice);
  if (r) r = compact_by_hand(alice);
  return status_of(r);
}
