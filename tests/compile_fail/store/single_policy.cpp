// expect: wrap a single policy, as in ab::policies<ab::global_order>
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#ifdef ANABRANCH_MUST_FAIL
ab::store<account_event, ab::global_order> a_store;
#else
ab::store<account_event, ab::policies<ab::global_order>> a_store;
#endif
