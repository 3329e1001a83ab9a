// expect: fold: name at least one projection, as in a.fold<balance>()
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct balance {
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
  void apply(ab::others) {}
};
auto f(ab::store<account_event>& bank) {
#ifdef ANABRANCH_MUST_FAIL
  return bank.stream("a").fold();
#else
  return bank.stream("a").fold<balance>();
#endif
}
