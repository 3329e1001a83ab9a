// tags: [R24]
// expect[gcc]: ignoring returned value
// expect[clang]: ignoring return value
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
  ab::commit(bank.stream("a").write(deposited{1}));
#else
  if (!ab::commit(bank.stream("a").write(deposited{1}))) throw 1;
#endif
}
