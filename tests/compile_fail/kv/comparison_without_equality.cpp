// tags: [R11]
// expect: ab::kv: to compare values, T needs operator==
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
#ifdef ANABRANCH_MUST_FAIL

#else
  bool operator==(theme const&) const = default;
#endif
};
void f(ab::store<account_event>& s) { (void)s.kv<theme>("themes").compare_and_swap("a", theme{1}, theme{2}); }
