// tags: [R12]
// expect: this projection has no step for this event: add `void apply(T const&)`
// expect: withdrawn
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct balance {
  long cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
#ifdef ANABRANCH_MUST_FAIL

#else
  void apply(withdrawn const& e) { cents -= e.cents; }
#endif
};
auto f(ab::store<account_event>& s) { return s.stream("a").fold<balance>(); }
