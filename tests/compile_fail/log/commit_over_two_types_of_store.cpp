// tags: [R9]
// expect: ab::commit: the operations are on stores of different types
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct shipped {};
ab::store<ab::one_of<shipped>> other;
void f(ab::store<account_event>& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::commit(s.stream("a").write(deposited{1}), other.stream("o").write(shipped{}));
#else
  (void)ab::commit(s.stream("a").write(deposited{1}), s.stream("o").write(deposited{1}));
#endif
}
