// tags: [R31]
// expect: this store keeps no order among its streams; name ab::global_order among its policies
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct count {
  int n = 0;
  void apply(ab::others) { ++n; }
};
#ifdef ANABRANCH_MUST_FAIL
ab::store<account_event> a_store;
#else
ab::store<account_event, ab::policies<ab::global_order>> a_store;
#endif
auto n = a_store.fold<count>();
