// tags: [R19]
// expect: this is a reactor: it has effects
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
using door_store = ab::store<ab::one_of<opened, closed>>;
struct count {
  int n = 0;
  void apply(ab::others) { ++n; }
};

struct bell {
  void react(opened const&) {}
  void apply(ab::others) {}
};
void append(door_store& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::append_inlined<bell>(s.stream("door"), closed{});
#else
  (void)ab::append_inlined<count>(s.stream("door"), closed{});
#endif
}
