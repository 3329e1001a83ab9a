// tags: [R19]
// expect: this is a reactor: it has effects
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

struct bell {
  void react(opened const&) {}
  void react(ab::others) {}
};
struct count {
  int n = 0;
  void apply(ab::others) { ++n; }
};
void view(door_store& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::view<bell>(s.stream("door")).value();
#else
  (void)ab::view<count>(s.stream("door")).value();
#endif
}
