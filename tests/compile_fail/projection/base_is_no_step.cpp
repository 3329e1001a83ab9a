// tags: [R16]
// expect: an overload that only converts doesn't count
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn : deposited {};
using account_event = ab::one_of<deposited, withdrawn>;
struct balance {
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
#ifdef ANABRANCH_MUST_FAIL
  // withdrawn is a deposited
#else
  void apply(withdrawn const&) {}
#endif
};
auto f(ab::store<account_event>& bank) { return bank.stream("a").fold<balance>(); }
