// expect: the width of this integer differs between systems
#include "anabranch/codec.hpp"

#ifdef ANABRANCH_MUST_FAIL
using letter = wchar_t;
#else
using letter = char32_t;
#endif
ab::bytes use(std::vector<letter> const& v) { return ab::encode(v); }
