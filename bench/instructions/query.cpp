// A query of a stream in memory (a range, a type, a predicate) against the loop over the same rows, with the same dispatch.
// limit: 1.02
#include "account.hpp"

extern "C" void ours(long n) {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42");
  for (long i = 0; i < 1000; ++i)
    (void)((i & 3) == 0 ? a.append(withdrawn{amount(i)}) : a.append(deposited{amount(i)}));
  for (long i = 0; i < n; ++i) {
    auto const large = [](auto const& e) { return e.data.cents > 100; };
    auto const found = ab::query(a).since(100).of<deposited>().where(large).count();
    keep(&found);
  }
}

extern "C" void by_hand(long n) {
  std::vector<row> a;
  for (long i = 0; i < 1000; ++i) {
    auto const e = (i & 3) == 0 ? account_event(withdrawn{amount(i)}) : account_event(deposited{amount(i)});
    a.emplace_back(e, ab::no_stamp{}, ab::no_position{});
  }
  for (long i = 0; i < n; ++i) {
    auto const count = [&] {
      std::size_t n = 0;
      for (auto r = a.begin() + 99; r != a.end(); ++r) {
        r->data.visit([&](auto const& e) {
          if constexpr (std::is_same_v<decltype(e), deposited const&>) {
            if (e.cents > 100) ++n;
          }
        });
      }
      return n;
    };
    auto const found = count();
    keep(&found);
  }
}
