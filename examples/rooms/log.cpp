#include "account.hpp"

#include <vector>

using bank_store = ab::store<account_event>;

ab::result<void> one_stream(bank_store& bank) {
  auto alice = bank.stream("account/alice");
  auto const first = alice.append(ab::no_stream, deposited{500}, deposited{250});
  if (!first) return first.error();  // stream_exists: somebody was faster
  auto const next = alice.append(ab::exact(first->last), withdrawn{100});
  if (!next) return next.error();  // wrong_revision: .expected and .actual say how far apart

  auto const events = alice.read(ab::from(2));
  if (!events) return events.error();
  for (auto const& e : *events) print(e.type(), e.revision.value);  // deposited 2, withdrawn 3

  auto const now = alice.fold<balance>();
  if (!now) return now.error();
  print("Alice has", now->cents);
  return {};
}

ab::result<void> several_at_once(bank_store& bank) {
  auto alice = bank.stream("account/alice"), bob = bank.stream("account/bob");
  auto transfers = bank.kv<ab::revision>("transfers");
  auto const sent = ab::commit(alice.expect(ab::exact(3)), alice.write(withdrawn{200}), bob.write(deposited{200}),
                               transfers.write("alice", alice.revision_here()));
  if (!sent) return sent.error();                   // nothing was written
  auto const& [from_alice, to_bob, noted] = *sent;  // two receipts, and the value that was put
  print("Alice is at", from_alice.last.value);
  print("Bob is at", to_bob.revision().value);
  print("noted", noted.value);
  return {};
}

ab::result<void> old_events(bank_store& bank) {
  auto alice = bank.stream("account/alice");
  auto const left = alice.truncate(ab::revision{2});
  if (!left) return left.error();
  print("the oldest is", left->value);
  print("stored are", static_cast<std::int64_t>(alice.size()));
  print("the last is still", alice.last().value);
  auto const all = alice.fold<balance>();  // truncated: it would be a wrong balance
  if (!all) print(all.error().what);
  auto const rest = alice.fold<balance>(ab::stored);
  if (!rest) return rest.error();
  print("what is left sums up to", rest->cents);
  return {};
}

ab::result<void> many(bank_store& bank) {
  auto carol = bank.stream("account/carol");
  std::vector<deposited> const gifts(100, deposited{1});
  auto const all = carol.append_all(gifts);  // one commit
  if (!all) return all.error();

  auto known = carol.project<balance>();
  if (!known) return known.error();
  if (auto const r = carol.append(deposited{7}); !r) return r.error();
  known = carol.resume(*known);  // folds the one event that is new
  if (!known) return known.error();
  print("Carol has", known->state.cents);
  print("through", known->through.value);
  return {};
}

int main() {
  bank_store bank;
  auto r = one_stream(bank);
  if (r) r = several_at_once(bank);
  if (r) r = old_events(bank);
  if (r) r = many(bank);
  return status_of(r);
}
