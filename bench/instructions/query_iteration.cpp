// Iterating over a query of a stream in memory against the loop over the same rows, with the same dispatch.
// limit: 1.15
#include "account.hpp"

extern "C" void ours(long n) {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42");
  for (long i = 0; i < 1000; ++i)
    (void)((i & 3) == 0 ? a.append(withdrawn{amount(i)}) : a.append(deposited{amount(i)}));
  for (long i = 0; i < n; ++i) {
    auto const total = [&] {
      std::int64_t cents = 0;
      for (auto const& e : *ab::query(a).since(100).of<deposited>().read()) cents += e.data.cents * e.revision.value;
      return cents;
    };
    auto const sum = total();
    keep(&sum);
  }
}

extern "C" void by_hand(long n) {
  std::vector<row> a;
  for (long i = 0; i < 1000; ++i) {
    auto const e = (i & 3) == 0 ? account_event(withdrawn{amount(i)}) : account_event(deposited{amount(i)});
    a.emplace_back(e, ab::no_stamp{}, ab::no_position{});
  }
  for (long i = 0; i < n; ++i) {
    auto const total = [&] {
      std::int64_t cents = 0;
      for (std::size_t r = 99; r < a.size(); ++r) {
        a[r].data.visit([&](auto const& e) {
          if constexpr (std::is_same_v<decltype(e), deposited const&>)
            cents += e.cents * static_cast<std::int64_t>(r + 1);
        });
      }
      return cents;
    };
    auto const sum = total();
    keep(&sum);
  }
}
