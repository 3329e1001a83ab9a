// expect: the fields of this aggregate can't be counted, so nothing of it is stored; a reference is the usual reason
#include "anabranch/codec.hpp"

struct event {
  int a;
#ifdef ANABRANCH_MUST_FAIL
  int& b;
#else
  int b;
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
