// expect: a floating-point number is no key
#include <anabranch/container.hpp>

#ifdef ANABRANCH_MUST_FAIL
using metres = double;
#else
using metres = int;
#endif
bool put(ab::flat_containers::set<metres>& s) { return s.insert(metres{1}); }
