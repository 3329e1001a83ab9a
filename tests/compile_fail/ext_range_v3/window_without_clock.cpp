// tags: [R30]
// expect: a time window: these events have no time, since their store is one with ab::no_clock; name a clock among its policies
#include <anabranch/anabranch.hpp>
#include <anabranch/ext/range_v3.hpp>

struct opened {};
#ifdef ANABRANCH_MUST_FAIL
using house = ab::store<ab::one_of<opened>>;
#else
using house = ab::store<ab::one_of<opened>, ab::policies<ab::manual_clock>>;
#endif
void filter(house& s) {
  auto const events = *s.stream("door").read();
  (void)(events | ab::views::during(ab::timestamp{1}, ab::timestamp{2}));
}
