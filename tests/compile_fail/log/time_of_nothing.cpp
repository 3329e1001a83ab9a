// expect: ab::at is followed by the events
#include <anabranch/clock.hpp>
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

void f(ab::store<account_event, ab::policies<ab::manual_clock>>& bank) {
#ifdef ANABRANCH_MUST_FAIL
  (void)bank.stream("a").append(ab::at(ab::timestamp{1}));
#else
  (void)bank.stream("a").append(ab::at(ab::timestamp{1}), deposited{1});
#endif
}
