// Append through a handle, result ignored, against push_back of the same row.
// limit: 1.05
#include "account.hpp"

extern "C" void ours(long n) {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42");
  for (long i = 0; i < n; ++i) (void)a.append(deposited{amount(i)});
  keep(&bank);
}

extern "C" void by_hand(long n) {
  std::vector<row> a;
  for (long i = 0; i < n; ++i)
    a.emplace_back(std::in_place_type<deposited>, deposited{amount(i)}, ab::no_stamp{}, ab::no_position{});
  keep(&a);
}
