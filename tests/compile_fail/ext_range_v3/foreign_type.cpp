// tags: [R30]
// expect: ab::views::of<T>: this type is no event of the range's family
#include <anabranch/anabranch.hpp>
#include <anabranch/ext/range_v3.hpp>

struct opened {};
struct closed {};
void filter(ab::store<ab::one_of<opened>>& s) {
  auto const events = *s.stream("door").read();
#ifdef ANABRANCH_MUST_FAIL
  (void)(events | ab::views::of<closed>);
#else
  (void)(events | ab::views::of<opened>);
#endif
}
