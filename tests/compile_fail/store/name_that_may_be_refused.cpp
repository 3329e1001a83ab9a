// expect: pass `*n`
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
  (void)s.stream(ab::name::parse(a.name()));
#else
  (void)s.stream(*ab::name::parse(a.name()));
#endif
}
