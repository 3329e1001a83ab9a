// tags: [R27]
// expect: ab::expect_none: its query is over a whole store, ab::query(store), whose order says what came after what
#include <anabranch/anabranch.hpp>

struct opened {};
void open(ab::store<ab::one_of<opened>, ab::policies<ab::global_order>>& s) {
  auto door = s.stream("door");
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::commit(ab::expect_none(ab::query(door)), door.write(opened{}));
#else
  (void)ab::commit(ab::expect_none(ab::query(s)), door.write(opened{}));
#endif
}
