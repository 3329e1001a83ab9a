// tags: [R1]
// expect: a store with ab::no_clock keeps no time: name a clock
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#ifdef ANABRANCH_MUST_FAIL
using chosen = ab::policies<ab::no_clock>;
#else
using chosen = ab::policies<ab::manual_clock>;
#endif
void f(ab::store<account_event, chosen>& s) { (void)s.stream("a").append(ab::at(ab::timestamp{1}), deposited{1}); }
