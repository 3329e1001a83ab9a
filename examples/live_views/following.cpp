// Subscribers, views, and a worker that goes on where it stopped.
#include "following.hpp"

#include <cstdio>
#include <string>

namespace {

void print(ab::error const& e) { std::printf("error: %s\n", e.message().c_str()); }

ab::result<void> publish(bank_store& bank) {
  auto alice = bank.stream("account/alice"), bob = bank.stream("account/bob");
  int sent = 0;

  ab::hub hub(bank);
  auto const large = hub.subscribe<deposited>([](deposited const& e, auto const& info) {
    if (e.cents >= 1000) std::printf("large deposit to %s\n", std::string(info.stream).c_str());
  });
  auto const message = hub.subscribe(alice, text_message{&sent});
  if (!message) return message.error();

  auto const view = ab::view<balance>(alice);
  auto const attached = view.attach(hub);
  if (!attached) return attached.error();

  auto const r = hub.append(alice, deposited{2000}, withdrawn{150});
  if (!r) return r.error();                        // nothing was written, nobody was told
  for (auto const& f : r->failures) print(f.why);  // written; these subscribers failed
  std::printf("Alice has %lld cents, %d message sent\n", static_cast<long long>(view.peek()->state.cents), sent);

  if (auto const both = hub.commit(alice.write(withdrawn{50}), bob.write(deposited{50})); !both) return both.error();
  if (auto const raw = bob.append(deposited{9000}); !raw) return raw.error();  // past the hub: nobody is told
  return {};
}

// Counts what was paid in. The count moves together with the checkpoint, so that each event is counted exactly once.
ab::result<std::size_t> count(bank_store& bank, std::size_t most) {
  auto totals = bank.kv<std::int64_t>("totals");
  auto worker = ab::catch_up("counter", bank);
  if (!worker) return worker.error();

  std::int64_t paid_in = 0;
  auto const n = worker->poll(
      most, [&](deposited const& e) { paid_in += e.cents; }, [](ab::others) {});
  if (!n) return n.error();
  auto const so_far = totals.get_or("paid in", 0);
  if (!so_far) return so_far.error();
  auto const kept = ab::commit(totals.write("paid in", *so_far + paid_in), worker->write_checkpoint());
  if (!kept) return kept.error();
  return *n;
}

}  // namespace

ab::result<void> follow(bank_store& bank) {
  if (auto const ok = publish(bank); !ok) return ok.error();
  for (;;) {
    auto const n = count(bank, 2);
    if (!n) return n.error();
    if (*n == 0) break;
    std::printf("counted %zu events\n", *n);
  }
  auto const total = bank.kv<std::int64_t>("totals").get_or("paid in", 0);
  if (!total) return total.error();
  std::printf("%lld cents were paid in\n", static_cast<long long>(*total));
  return {};
}
