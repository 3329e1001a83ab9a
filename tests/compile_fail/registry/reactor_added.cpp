// tags: [R19]
// expect: this is a reactor: it has effects
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event, ab::policies<ab::global_order>>;
struct count {
  int n = 0;
  void apply(ab::others) { ++n; }
};

struct bell {
  void react(opened const&) {}
  void apply(ab::others) {}
};
void add(door_store& s) {
  ab::registry views(s);
#ifdef ANABRANCH_MUST_FAIL
  (void)views.add<bell>();
#else
  (void)views.add<count>();
#endif
}
