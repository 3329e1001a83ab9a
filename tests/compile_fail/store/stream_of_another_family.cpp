// expect: this store has no such event family
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct shipped {};
using order_event = ab::one_of<shipped>;
ab::store<account_event> a_store;
#ifdef ANABRANCH_MUST_FAIL
auto a = a_store.stream<order_event>("a");
#else
auto a = a_store.stream<account_event>("a");
#endif
