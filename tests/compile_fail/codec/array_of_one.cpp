// expect: a C array; use std::array
#include "anabranch/codec.hpp"

struct event {
#ifdef ANABRANCH_MUST_FAIL
  int a[1];
#else
  std::array<int, 1> a;
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
