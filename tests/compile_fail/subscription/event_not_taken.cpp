// tags: [R20]
// expect: this subscriber takes no such event: add a callable for it
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

void subscribe(ab::hub<door_store>& hub, door_store& s) {
#ifdef ANABRANCH_MUST_FAIL
  auto const r = hub.subscribe(s.stream("door"), [](opened const&) {});
#else
  auto const r = hub.subscribe(
      s.stream("door"), [](opened const&) {}, [](ab::others) {});
#endif
}
