// expect: puts what f returns
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

void f(ab::store<account_event>& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)s.kv<long>("t").update("k", 0, [](long) {});
#else
  (void)s.kv<long>("t").update("k", 0, [](long n) { return n; });
#endif
}
