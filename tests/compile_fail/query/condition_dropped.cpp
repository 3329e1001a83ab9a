// tags: [R27]
// expect: an operation does nothing until ab::commit
#include <anabranch/anabranch.hpp>

struct opened {};
void open(ab::store<ab::one_of<opened>, ab::policies<ab::global_order>>& s) {
#ifdef ANABRANCH_MUST_FAIL
  ab::expect_none(ab::query(s));
#else
  (void)ab::expect_none(ab::query(s));
#endif
}
