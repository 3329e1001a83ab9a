#include <anabranch/anabranch.hpp>

#include <cstdint>
#include <cstdio>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

struct balance {  // a projection: a state, and a step for each event
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
  void apply(withdrawn const& e) { cents -= e.cents; }
};

using bank = ab::store<account_event, ab::policies<ab::file_storage<>, ab::system_clock>>;

ab::result<void> run() {
  auto store = bank::open("bank.store");  // made where it is missing; one writer at a time
  if (!store) return store.error();

  auto alice = store->stream("account/alice"), bob = store->stream("account/bob");
  if (auto r = alice.append(deposited{500}); !r) return r.error();

  // Both or neither, and only if nobody wrote to Alice's account since it was read.
  auto const seen = alice.last();
  auto const sent = ab::commit(alice.expect(ab::exact(seen)), alice.write(withdrawn{200}), bob.write(deposited{200}));
  if (!sent) return sent.error();

  auto const now = alice.fold<balance>();
  if (!now) return now.error();
  std::printf("Alice has %lld cents after %zu events\n", static_cast<long long>(now->cents), alice.size());
  return {};
}

int main() {
  auto const ok = run();
  if (!ok) std::fprintf(stderr, "%s\n", ok.error().message().c_str());
  return ok ? 0 : 1;
}
