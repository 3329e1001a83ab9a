// Fold of a stream in memory against a loop over a vector of the same row, with the same dispatch.
// limit: 1.02
#include "account.hpp"

extern "C" void ours(long n) {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42");
  for (long i = 0; i < 1000; ++i)
    (void)((i & 3) == 0 ? a.append(withdrawn{amount(i)}) : a.append(deposited{amount(i)}));
  for (long i = 0; i < n; ++i) {
    auto const b = a.fold<balance>();
    keep(&b);
  }
}

extern "C" void by_hand(long n) {
  std::vector<row> a;
  for (long i = 0; i < 1000; ++i) {
    auto const e = (i & 3) == 0 ? account_event(withdrawn{amount(i)}) : account_event(deposited{amount(i)});
    a.emplace_back(e, ab::no_stamp{}, ab::no_position{});
  }
  for (long i = 0; i < n; ++i) {
    balance b;
    for (auto const& r : a) r.data.visit([&](auto const& e) { b.apply(e); });
    keep(&b);
  }
}
