// tags: [R16]
// expect: this projection has no step for this event
// expect: ordered
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct ordered {};
using order_event = ab::one_of<ordered>;
struct balance {
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
  void apply(withdrawn const& e) { cents -= e.cents; }
#ifdef ANABRANCH_MUST_FAIL
  // nothing for ordered
#else
  void apply(ab::others) {}
#endif
};
auto f(ab::store<ab::families<account_event, order_event>, ab::policies<ab::global_order>>& shop) {
  return shop.fold<balance>();
}
