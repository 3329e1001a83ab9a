// flags: -Werror=unused-result
// expect[gcc]: ignoring returned value of type
// expect[clang]: ignoring return value
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
  s.stream("a").append(deposited{1});
#else
  (void)s.stream("a").append(deposited{1});
#endif
}
