// expect: an operation does nothing until ab::commit
#include <anabranch/store.hpp>

#include <cstdint>
#include <span>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

void f(ab::store<account_event>& bank) {
#ifdef ANABRANCH_MUST_FAIL
  bank.stream("a").write_all(std::span<deposited const>());
#else
  if (!ab::commit(bank.stream("a").write_all(std::span<deposited const>()))) throw 1;
#endif
}
