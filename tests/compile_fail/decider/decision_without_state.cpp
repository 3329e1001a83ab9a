// expect: ab::retry_append: its third argument is called with the state
#include <anabranch/anabranch.hpp>
#include <anabranch/decider.hpp>

struct deposited {};
struct balance {
  void apply(deposited const&) {}
};
void pay_in(ab::store<ab::one_of<deposited>>& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::retry_append(s.stream("a"), ab::folded<balance>{}, [] { return deposited{}; });
#else
  (void)ab::retry_append(s.stream("a"), ab::folded<balance>{}, [](balance const&) { return deposited{}; });
#endif
}
