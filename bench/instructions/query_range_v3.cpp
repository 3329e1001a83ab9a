// A query as range-v3 views over a stream in memory (a range, a type, a time window) against the loop over the same rows, with
// the same dispatch.
// limit: 1.05
#include "account.hpp"

#include <anabranch/ext/range_v3.hpp>

#include <range/v3/numeric/accumulate.hpp>

using timed_bank = ab::store<account_event, ab::policies<ab::manual_clock>>;
using timed_row = ab::row<account_event, ab::timestamp, ab::no_position>;

static constexpr ab::timestamp monday{100}, friday{899};

extern "C" void ours(long n) {
  timed_bank bank;
  auto a = bank.stream("account/42");
  for (long i = 0; i < 1000; ++i) {
    bank.clock().set({i});
    (void)((i & 3) == 0 ? a.append(withdrawn{amount(i)}) : a.append(deposited{amount(i)}));
  }
  for (long i = 0; i < n; ++i) {
    using namespace ab::views;
    auto const add = [](std::int64_t sum, auto const& e) { return sum + e.data.cents; };
    auto const sum =
        ranges::accumulate(*a.read() | since(3) | of<deposited> | during(monday, friday), std::int64_t{}, add);
    keep(&sum);
  }
}

extern "C" void by_hand(long n) {
  std::vector<timed_row> a;
  for (long i = 0; i < 1000; ++i) {
    auto const e = (i & 3) == 0 ? account_event(withdrawn{amount(i)}) : account_event(deposited{amount(i)});
    a.emplace_back(e, ab::timestamp{i}, ab::no_position{});
  }
  for (long i = 0; i < n; ++i) {
    auto const total = [&] {
      std::int64_t sum = 0;
      for (auto r = a.begin() + 2; r != a.end(); ++r) {
        r->data.visit([&](auto const& e) {
          if constexpr (std::is_same_v<decltype(e), deposited const&>) {
            if (r->at >= monday && r->at <= friday) sum += e.cents;
          }
        });
      }
      return sum;
    };
    auto const sum = total();
    keep(&sum);
  }
}
