// A bank on disk: commands become events if the rules allow it, transfers touch two accounts at once, and of two who want
// the same money only one gets it.
//
//   bank_account [<folder>]
#include "account.hpp"

#include <cstddef>
#include <cstdio>
#include <latch>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>

namespace {

struct on_disk : ab::policies<ab::file_storage<ab::sync_group>, ab::system_clock, ab::locked<std::mutex>> {};
using bank = ab::store<account_event, on_disk>;
using account_stream = bank::stream_type<>;

// What a command came to, on one line.
template <class Handled>
void tell(char const* what, Handled const& r) {
  if (r)
    std::printf("%-28s ok, now %lld cents after %lld events\n", what, static_cast<long long>(r->state->cents),
                static_cast<long long>(r->state.through.value));
  else
    std::printf("%-28s %s\n", what, r.error().message().c_str());
}

// Both accounts decide, and both events are written, or none.
auto transfer(account_stream from, account_stream to, std::int64_t cents) {
  return ab::handle(from, teller{}, withdraw{cents},
                    ab::also([=] { return ab::decide_on(to, teller{}, deposit{cents}); }));
}

// Two threads withdraw from the same account. Both have decided before either of them writes, so that one is late: it reads
// what was written meanwhile, and decides again.
void race(account_stream from, std::int64_t cents) {
  std::latch both_decided(2);
  std::optional<ab::error> refused[2];
  int attempts[2] = {};
  auto const buy = [&](std::size_t i) {
    bool first = true;
    auto const r = ab::handle(from, teller{}, withdraw{cents}, ab::retry(3), ab::also([&] {
                                if (std::exchange(first, false)) both_decided.arrive_and_wait();
                                return std::tuple<>();
                              }));
    if (r)
      attempts[i] = r->attempts;
    else
      refused[i] = r.error();
  };
  std::thread other(buy, std::size_t{1});
  buy(0);
  other.join();
  std::size_t const lucky = refused[0] ? 1 : 0;
  std::printf("two at once: one got it at attempt %d, the other not:\n  %s\n", attempts[lucky],
              refused[1 - lucky] ? refused[1 - lucky]->message().c_str() : "it did");
}

ab::result<void> run(char const* folder) {
  auto store = bank::open(folder);
  if (!store) return store.error();
  auto alice = store->stream("account/alice"), bob = store->stream("account/bob");

  tell("alice opens", ab::handle(alice, teller{}, open_account{}));
  tell("bob opens", ab::handle(bob, teller{}, open_account{}));
  tell("alice pays in 5.00", ab::handle(alice, teller{}, deposit{500}));
  tell("alice takes 6.00", ab::handle(alice, teller{}, withdraw{600}));
  tell("alice sends bob 2.00", transfer(alice, bob, 200));
  tell("alice sends carol 1.00", transfer(alice, store->stream("account/carol"), 100));

  race(alice, 200);

  // Bob's account is busy: every tenth event leaves a snapshot, in the commit that writes it.
  for (int i = 0; i < 25; ++i) {
    if (auto r = ab::handle(bob, teller{}, deposit{1}, ab::snapshot_every(10)); !r) return r.error();
  }
  // So that what is older can go, and still the next command finds all that it needs.
  if (auto r = bob.truncate(ab::revision{20}); !r) return r.error();
  tell("bob, after compaction", ab::handle(bob, teller{}, withdraw{25}, ab::from_snapshot));
  std::printf("of %lld events of bob's %zu are stored\n", static_cast<long long>(bob.last().value), bob.size());
  tell("bob closes", ab::handle(bob, teller{}, close_account{}, ab::from_snapshot));
  tell("bob pays in 1.00", ab::handle(bob, teller{}, deposit{100}, ab::from_snapshot));
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  auto const ok = run(argc > 1 ? argv[1] : "bank.store");
  if (!ok) std::fprintf(stderr, "%s\n", ok.error().message().c_str());
  return ok ? 0 : 1;
}
