// tags: [R30]
// expect: each(f): f is called with an event of each type that the query selects
#include <anabranch/anabranch.hpp>

struct opened {};
void count(ab::store<ab::one_of<opened>>& s) {
  int n = 0;
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::query(s.stream("door")).each([&] { ++n; });
#else
  (void)ab::query(s.stream("door")).each([&](auto const&) { ++n; });
#endif
}
