// expect: ab::result<T> takes an object type or void
#include <anabranch/core.hpp>

int n = 0;
#ifdef ANABRANCH_MUST_FAIL
ab::result<int&> r = n;
#else
ab::result<int*> r = &n;
#endif
