// expect: an expected revision is written ab::exact(2)
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
  (void)a.append(2, deposited{1});
#else
  (void)a.append(ab::exact(2), deposited{1});
#endif
}
