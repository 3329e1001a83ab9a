// expect: clock policy: it needs `void observe(stamp) noexcept`
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct ticks {
  using policy_axis = ab::clock_axis;
  using stamp = long;
  long now() noexcept { return ++t; }
#ifdef ANABRANCH_MUST_FAIL

#else
  void observe(long s) noexcept { t = s; }
#endif
  long t = 0;
};
using chosen = ab::policies<ticks>;
ab::store<account_event, chosen> a_store;
