// expect[gcc]: did you mean
// expect[clang]: no member named
// expect: globl_order
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#ifdef ANABRANCH_MUST_FAIL
using chosen = ab::policies<ab::globl_order>;
#else
using chosen = ab::policies<ab::global_order>;
#endif
ab::store<account_event, chosen> a_store;
