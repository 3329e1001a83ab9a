// expect: ab::one_of: a type is listed twice; wrap one of them in a struct
#include <anabranch/core/one_of.hpp>

struct a {};
struct b {};
#ifdef ANABRANCH_MUST_FAIL
ab::one_of<a, a> x = a{};
#else
ab::one_of<a, b> x = a{};
#endif
