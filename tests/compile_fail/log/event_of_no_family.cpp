// expect: this type is no event of the stream's family
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct shipped {};
void f(ab::store<account_event>& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)s.stream("a").append(shipped{});
#else
  (void)s.stream("a").append(deposited{1});
#endif
}
