// tags: [R20]
// expect: this store keeps no order among its streams
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

void follow(door_store& s, ab::store<door_event, ab::policies<ab::global_order>>& ordered_store) {
  (void)s.stream("door");
  (void)ordered_store;
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::catch_up(s, ab::position{0});
#else
  (void)ab::catch_up(ordered_store, ab::position{0});
#endif
}
