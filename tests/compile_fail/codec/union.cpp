// expect: a field is a union, which doesn't know what it holds; make it an ab::one_of
#include "anabranch/codec.hpp"

struct event {
  int a;
#ifdef ANABRANCH_MUST_FAIL
  union {
    int b;
    float c;
  };
#else
  ab::one_of<int, float> b;
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
