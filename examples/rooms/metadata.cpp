#include "account.hpp"

#include <string>

struct request {
  ab::trace<> trace;
  std::string user;
};
struct audited : ab::policies<ab::metadata<request>, ab::manual_clock> {};
using bank_store = ab::store<account_event, audited>;

struct by_user {
  std::int64_t ada = 0;
  void apply(deposited const& e, auto const& info) { ada += info.meta.user == "ada" ? e.cents : 0; }
  void apply(ab::others) {}
};

ab::result<void> who(bank_store& bank) {
  auto alice = bank.stream("account/alice");
  ab::event_id const asked{ab::origin{1}, 7};  // the request that led to all this
  auto const r = alice.append(ab::with(request{{asked, asked}, "ada"}), deposited{500}, deposited{250});
  if (!r) return r.error();
  if (auto const s = alice.append(deposited{1}); !s) return s.error();  // has a request{}

  auto const events = alice.read();
  if (!events) return events.error();
  for (auto const& e : *events) print(e.meta.user.empty() ? "nobody" : e.meta.user, e.revision.value);
  auto const sums = alice.fold<by_user>();
  if (!sums) return sums.error();
  print("Ada paid in", sums->ada);
  return {};
}

ab::result<void> when(bank_store& bank) {
  auto bob = bank.stream("account/bob");
  bank.clock().set(ab::timestamp::from_seconds(1000));
  auto const now = bob.append(deposited{1}, deposited{2});  // the same moment, a nanosecond apart
  if (!now) return now.error();
  print("at", now->at.nanoseconds);
  auto const told = bob.append(ab::at(ab::timestamp::from_seconds(1500)), deposited{3});  // from elsewhere
  if (!told) return told.error();
  print("at", told->at.nanoseconds);
  auto const after = bob.append(deposited{4});  // the clock has seen it, and comes after it
  if (!after) return after.error();
  print("at", after->at.nanoseconds);
  return {};
}

// A clock of one's own: counts. Whoever reads sees in which order things were appended, in whatever stream.
struct counting_clock {
  using policy_axis = ab::clock_axis;
  using stamp = std::int64_t;
  stamp last = 0;
  stamp now() noexcept { return ++last; }
  void observe(stamp s) noexcept { last = s > last ? s : last; }
};
static_assert(ab::clock<counting_clock>);

ab::result<void> own_clock() {
  ab::store<account_event, ab::policies<counting_clock>> bank;
  if (auto const r = bank.stream("a").append(deposited{1}); !r) return r.error();
  auto const second = bank.stream("b").append(deposited{1});
  if (!second) return second.error();
  print("tick", second->at);
  return {};
}

int main() {
  bank_store bank;
  auto r = who(bank);
  if (r) r = when(bank);
  if (r) r = own_clock();
  return status_of(r);
}
