// expect: ab::revisions_from counts from 0 or more
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#ifdef ANABRANCH_MUST_FAIL
using chosen = ab::policies<ab::revisions_from<-1>>;
#else
using chosen = ab::policies<ab::revisions_from<0>>;
#endif

void f() { ab::store<account_event, chosen> bank; }
