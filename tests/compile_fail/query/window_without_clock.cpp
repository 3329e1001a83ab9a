// tags: [R30][R37]
// expect: a time window: these events have no time, since their store is one with ab::no_clock; name a clock among its policies
#include <anabranch/anabranch.hpp>

struct opened {};
#ifdef ANABRANCH_MUST_FAIL
using house = ab::store<ab::one_of<opened>>;
#else
using house = ab::store<ab::one_of<opened>, ab::policies<ab::manual_clock>>;
#endif
void count(house& s) { (void)ab::query(s.stream("door")).during({}, {}).count(); }
