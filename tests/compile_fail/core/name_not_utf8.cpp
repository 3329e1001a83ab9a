// expect: a_name_must_be_utf8
#include <anabranch/core/name.hpp>

#ifdef ANABRANCH_MUST_FAIL
ab::name n = "\xff";
#else
ab::name n = "\xc3\xa9";
#endif
