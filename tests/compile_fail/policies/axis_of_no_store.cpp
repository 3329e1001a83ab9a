// expect: ab::policies: this policy decides on an axis that a store doesn't have
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct color_axis;
struct blue {
  using policy_axis = color_axis;
};
#ifdef ANABRANCH_MUST_FAIL
using chosen = ab::policies<blue>;
#else
using chosen = ab::policies<>;
#endif
ab::store<account_event, chosen> a_store;
