// expect: a.append_all(range) appends its elements
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#include <vector>

void f(ab::store<account_event>& s) {
  auto a = s.stream("a");
#ifdef ANABRANCH_MUST_FAIL
  (void)a.append(std::vector<deposited>(3));
#else
  (void)a.append_all(std::vector<deposited>(3));
#endif
}
