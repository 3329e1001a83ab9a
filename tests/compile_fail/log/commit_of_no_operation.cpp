// tags: [R9]
// expect: ab::commit takes operations, made by handles
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
  (void)ab::commit(s.stream("a"));
#else
  (void)ab::commit(s.stream("a").write(deposited{1}));
#endif
}
