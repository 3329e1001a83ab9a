// expect: append: an expectation is followed by the events
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

void f(ab::store<account_event>& bank) {
#ifdef ANABRANCH_MUST_FAIL
  (void)bank.stream("a").append(ab::exact(1));
#else
  (void)bank.stream("a").append(ab::exact(1), deposited{1});
#endif
}
