// tags: [R20]
// expect: a subscription ends with its handle
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

void subscribe(ab::hub<door_store>& hub) {
#ifdef ANABRANCH_MUST_FAIL
  hub.subscribe<opened>([](opened const&) {});
#else
  auto const s = hub.subscribe<opened>([](opened const&) {});
#endif
}
