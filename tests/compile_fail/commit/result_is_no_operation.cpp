// tags: [R9]
// expect: append and put commit by themselves
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
  (void)ab::commit(bank.stream("a").append(deposited{1}));
#else
  (void)ab::commit(bank.stream("a").write(deposited{1}));
#endif
}
