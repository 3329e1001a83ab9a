// expect: a field is a C array; make it a std::array
#include "anabranch/codec.hpp"

struct event {
  int a;
#ifdef ANABRANCH_MUST_FAIL
  int b[3];
#else
  std::array<int, 3> b;
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
