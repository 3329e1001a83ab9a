// expect[gcc]: revision
// expect[clang]: revision
// expect[gcc]: position
// expect[clang]: position
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
  (void)bank.stream("a").truncate(ab::position{1});
#else
  (void)bank.stream("a").truncate(ab::revision{1});
#endif
}
