// expect: give it a name first
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

void f(ab::store<account_event>& s) {
  auto a = s.stream("a");
#ifdef ANABRANCH_MUST_FAIL
  (void)a.read()->front();
#else
  auto events = a.read();
  (void)events->front();
#endif
}
