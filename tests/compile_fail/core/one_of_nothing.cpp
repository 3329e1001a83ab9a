// expect: needs at least one type
#include <anabranch/core.hpp>

struct opened {};
#ifdef ANABRANCH_MUST_FAIL
using door = ab::one_of<>;
#else
using door = ab::one_of<opened>;
#endif
int f(door const& d) { return static_cast<int>(d.index()); }
