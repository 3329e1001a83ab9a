// tags: [R16]
// expect: this projection has no step for this event: add `void apply(T const&)`
// expect[gcc]: T = closed
// expect[clang]: closed,
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
using door_store = ab::store<ab::one_of<opened, closed>>;
struct count {
  int n = 0;
  void apply(ab::others) { ++n; }
};

struct openings {
  int n = 0;
  void apply(opened const&) { ++n; }
};
// Also where this commit has none of it.
void append(door_store& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::append_inlined<openings>(s.stream("door"), opened{});
#else
  (void)ab::append_inlined<count>(s.stream("door"), opened{});
#endif
}
