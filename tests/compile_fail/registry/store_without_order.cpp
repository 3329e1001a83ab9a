// tags: [R13]
// expect: this store keeps no order among its streams
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event, ab::policies<ab::global_order>>;
struct count {
  int n = 0;
  void apply(ab::others) { ++n; }
};

using unordered_store = ab::store<door_event>;
void add(unordered_store& s) {
#ifdef ANABRANCH_MUST_FAIL
  ab::registry views(s);
#else
  auto door = s.stream("door");
  ab::registry views(door);
#endif
  (void)views.add<count>();
}
