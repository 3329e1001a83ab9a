// expect: a store in memory opens without arguments
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

auto f() {
#ifdef ANABRANCH_MUST_FAIL
  return ab::store<account_event>::open("bank.log");
#else
  return ab::store<account_event>::open();
#endif
}
