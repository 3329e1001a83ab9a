// expect: ab::policies: this type is no policy; a policy has a member type `policy_axis`
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#ifdef ANABRANCH_MUST_FAIL
using chosen = ab::policies<deposited>;
#else
using chosen = ab::policies<ab::global_order>;
#endif
ab::store<account_event, chosen> a_store;
