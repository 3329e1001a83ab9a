// tags: [R30]
// expect: of<T>: this type is no event of what is queried; it is one of its family's, or of those that an of<
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
void count(ab::store<ab::one_of<opened, closed>>& s) {
  auto const some = ab::query(s.stream("door")).of<opened>();
#ifdef ANABRANCH_MUST_FAIL
  (void)some.of<closed>().count();
#else
  (void)some.of<opened>().count();
#endif
}
