// flags: -Werror=unused-result
// expect: an operation does nothing until ab::commit
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
  s.stream("a").write(deposited{1});
#else
  (void)s.stream("a").append(deposited{1});
#endif
}
