// Four projections folded in one pass against the same four folded one after the other.
// limit: 0.6
#include "account.hpp"

struct turnover {
  std::int64_t cents = 0;
  constexpr void apply(deposited const& e) { cents += e.cents; }
  constexpr void apply(withdrawn const& e) { cents += e.cents; }
};
struct withdrawals {
  std::int64_t n = 0;
  constexpr void apply(deposited const&) {}
  constexpr void apply(withdrawn const&) { ++n; }
};
struct largest {
  std::int64_t cents = 0;
  constexpr void apply(deposited const& e) { cents = e.cents > cents ? e.cents : cents; }
  constexpr void apply(withdrawn const&) {}
};

template <class Stream>
static void fill(Stream a) {
  for (long i = 0; i < 1000; ++i)
    (void)((i & 3) == 0 ? a.append(withdrawn{amount(i)}) : a.append(deposited{amount(i)}));
}

extern "C" void ours(long n) {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42");
  fill(a);
  for (long i = 0; i < n; ++i) {
    auto const all = a.fold<balance, turnover, withdrawals, largest>();
    keep(&all);
  }
}

extern "C" void by_hand(long n) {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42");
  fill(a);
  for (long i = 0; i < n; ++i) {
    auto const b = a.fold<balance>();
    keep(&b);
    auto const t = a.fold<turnover>();
    keep(&t);
    auto const w = a.fold<withdrawals>();
    keep(&w);
    auto const l = a.fold<largest>();
    keep(&l);
  }
}
