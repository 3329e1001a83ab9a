// tags: [R40]
// expect: ab::canonical_codec: a pointer means nothing to whoever reads it; store what it points to, an id, or a std::optional
#include <anabranch/hash.hpp>

struct opened {
#ifdef ANABRANCH_MUST_FAIL
  int* door;
#else
  int door;
#endif
};
void name_it() { (void)ab::content_id(opened{}); }
