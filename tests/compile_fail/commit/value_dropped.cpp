// expect: an operation does nothing until ab::commit
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
  bank.kv<int>("t").expect("k", 1);
#else
  if (!ab::commit(bank.kv<int>("t").expect("k", 1))) throw 1;
#endif
}
