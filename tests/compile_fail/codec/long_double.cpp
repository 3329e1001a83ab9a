// expect: this floating-point type differs between systems; use double
#include "anabranch/codec.hpp"

#ifdef ANABRANCH_MUST_FAIL
using number = long double;
#else
using number = double;
#endif
ab::bytes use(std::vector<number> const& v) { return ab::encode(v); }
