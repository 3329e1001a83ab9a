// tags: [R30][R16]
// expect: this projection has no step for this event
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct openings {
  int n = 0;
  void apply(opened const&) { ++n; }
};
void count(ab::store<ab::one_of<opened, closed>>& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::query(s.stream("door")).fold<openings>();
#else
  (void)ab::query(s.stream("door")).of<opened>().fold<openings>();
#endif
}
