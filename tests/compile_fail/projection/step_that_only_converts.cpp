// tags: [R12]
// expect: this projection has no step for this event
// expect: an overload that only converts doesn't count
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct amount {
  amount(deposited const&) {}
  amount(withdrawn const&) {}
};
struct changes {
  int n = 0;
#ifdef ANABRANCH_MUST_FAIL
  void apply(amount const&) { ++n; }
#else
  void apply(ab::others) { ++n; }
#endif
};
auto f(ab::store<account_event>& s) { return s.stream("a").fold<changes>(); }
