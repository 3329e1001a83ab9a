// expect: ab::families: a type is an event of two families; give each family a type of its own
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct shipped {};
#ifdef ANABRANCH_MUST_FAIL
using order_event = ab::one_of<shipped, deposited>;
#else
using order_event = ab::one_of<shipped>;
#endif
ab::store<ab::families<account_event, order_event>> a_store;
