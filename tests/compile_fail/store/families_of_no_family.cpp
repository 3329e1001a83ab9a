// expect: ab::families: each family is an ab::one_of
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
using chosen = ab::store<ab::families<account_event, deposited>>;
#else
using chosen = ab::store<ab::families<account_event>>;
#endif
void f() { chosen bank; }
