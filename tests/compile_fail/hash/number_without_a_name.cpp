// tags: [R40]
// expect: ab::content_id: a number has no name that tells it from other types; put it into a struct
#include <anabranch/hash.hpp>

struct cents {
  long long amount;
};
#ifdef ANABRANCH_MUST_FAIL
void name_it() { (void)ab::content_id(500LL); }
#else
void name_it() { (void)ab::content_id(cents{500}); }
#endif
