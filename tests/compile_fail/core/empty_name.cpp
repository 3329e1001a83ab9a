// tags: [R73]
// expect: a_name_must_not_be_empty
#include <anabranch/core/name.hpp>

#ifdef ANABRANCH_MUST_FAIL
ab::name n = "";
#else
ab::name n = "a";
#endif
