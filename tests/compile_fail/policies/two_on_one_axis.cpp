// expect: ab::policies: two policies decide on the same axis; keep one of them
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#ifdef ANABRANCH_MUST_FAIL
using chosen = ab::policies<ab::global_order, ab::per_stream>;
#else
using chosen = ab::policies<ab::global_order, ab::system_clock>;
#endif
ab::store<account_event, chosen> a_store;
