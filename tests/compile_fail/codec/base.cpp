// expect: an aggregate with a base class can't be taken apart; make the base a field
#include "anabranch/codec.hpp"

struct head {
  int a;
};
#ifdef ANABRANCH_MUST_FAIL
struct event : head {
#else
struct event {
  head h;
#endif
  int b;
};
ab::bytes use(event const& e) { return ab::encode(e); }
