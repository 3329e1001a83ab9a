// expect: a reference, a function or void can't be stored; store a value
#include "anabranch/codec.hpp"

struct event {
#ifdef ANABRANCH_MUST_FAIL
  std::string const& a;
#else
  std::string a;
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
