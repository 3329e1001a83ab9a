// tags: [R20]
// expect: a subscriber returns nothing, or ab::result<void>
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

void subscribe(ab::hub<door_store>& hub) {
#ifdef ANABRANCH_MUST_FAIL
  auto const s = hub.subscribe<opened>([](opened const&) { return 1; });
#else
  auto const s = hub.subscribe<opened>([](opened const&) -> ab::result<void> { return {}; });
#endif
}
