// expect: ab::kv: the value is not of the table's type
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct theme {
  int color;
};
void f(ab::store<account_event>& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::commit(s.kv<theme>("themes").write("a", deposited{1}));
#else
  (void)ab::commit(s.kv<theme>("themes").write("a", theme{1}));
#endif
}
