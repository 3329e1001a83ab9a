// tags: [R22]
// expect: hub: no stream of this store has such an event
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

void subscribe(ab::hub<door_store>& hub) {
#ifdef ANABRANCH_MUST_FAIL
  auto const s = hub.subscribe<ordered>([](ordered const&) {});
#else
  auto const s = hub.subscribe<opened>([](opened const&) {});
#endif
}
