// expect: a field is a bit-field, which would be cut when it is read; make it an integer
#include "anabranch/codec.hpp"

struct event {
  int a;
#ifdef ANABRANCH_MUST_FAIL
  int b : 3;
#else
  int b;
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
