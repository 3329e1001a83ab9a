// tags: [R16]
// expect: an operation does nothing until ab::commit
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
using door_store = ab::store<ab::one_of<opened, closed>>;
struct count {
  int n = 0;
  void apply(ab::others) { ++n; }
};

void append(door_store& s) {
#ifdef ANABRANCH_MUST_FAIL
  ab::inlined<count>(s.stream("door").write(opened{}));
#else
  (void)ab::commit(ab::inlined<count>(s.stream("door").write(opened{})));
#endif
}
