// tags: [R73]
// expect: a_name_has_at_most_512_bytes
#include <anabranch/core/name.hpp>

#define SIXTEEN "0123456789abcdef"
#define TWO_HUNDRED_AND_FIFTY_SIX                                                                                 \
  SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN \
      SIXTEEN SIXTEEN
#ifdef ANABRANCH_MUST_FAIL
ab::name n = TWO_HUNDRED_AND_FIFTY_SIX TWO_HUNDRED_AND_FIFTY_SIX "!";
#else
ab::name n = TWO_HUNDRED_AND_FIFTY_SIX TWO_HUNDRED_AND_FIFTY_SIX;
#endif
