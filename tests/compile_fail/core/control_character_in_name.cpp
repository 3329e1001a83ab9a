// tags: [R73]
// expect: a_name_has_no_control_characters
#include <anabranch/core/name.hpp>

#ifdef ANABRANCH_MUST_FAIL
ab::name n = "a\nb";
#else
ab::name n = "a b";
#endif
