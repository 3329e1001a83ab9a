// tags: [R13]
// expect: this projection has no step for this event: add `void apply(T const&)`
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event, ab::policies<ab::global_order>>;
struct count {
  int n = 0;
  void apply(ab::others) { ++n; }
};

struct openings {
  int n = 0;
  void apply(opened const&) { ++n; }
};
void add(door_store& s) {
  ab::registry views(s);
#ifdef ANABRANCH_MUST_FAIL
  (void)views.add<openings>();
#else
  (void)views.add<count>();
#endif
}
