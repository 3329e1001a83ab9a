// expect: ab::store: its first argument is an event family, ab::one_of<deposited, withdrawn,
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#ifdef ANABRANCH_MUST_FAIL
ab::store<deposited> a_store;
#else
ab::store<account_event> a_store;
#endif
