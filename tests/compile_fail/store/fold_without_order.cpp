// tags: [R31]
// expect: this store keeps no order among its streams; name ab::global_order among its policies
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct counted {
  int n = 0;
  void apply(ab::others) { ++n; }
};
#ifdef ANABRANCH_MUST_FAIL
using chosen = ab::policies<>;
#else
using chosen = ab::policies<ab::global_order>;
#endif
auto f(ab::store<account_event, chosen>& shop) { return shop.fold<counted>(); }
