// tags: [R73]
// expect: a_name_that_starts_with_a_dollar_is_reserved
#include <anabranch/core/name.hpp>

#ifdef ANABRANCH_MUST_FAIL
ab::name n = "$mine";
#else
ab::name n = "mine$";
#endif
