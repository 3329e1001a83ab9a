// tags: [R23]
// expect: this store keeps no order among its streams
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

void replay(ab::hub<door_store>& hub, door_store& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)hub.replay();
#else
  (void)hub.replay(s.stream("door"));
#endif
}
