// expect: this store has several event families; say which
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
ab::store<ab::families<account_event, order_event>> a_store;
#ifdef ANABRANCH_MUST_FAIL
auto a = a_store.stream("a");
#else
auto a = a_store.stream<account_event>("a");
#endif
