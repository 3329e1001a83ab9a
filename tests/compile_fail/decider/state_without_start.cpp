// expect: ab::decider: its `state` needs a default constructor, which makes the state of an empty stream
#include <anabranch/anabranch.hpp>
#include <anabranch/decider.hpp>

struct deposited {};
struct balance {
#ifdef ANABRANCH_MUST_FAIL
  explicit balance(int) {}
#endif
  void apply(deposited const&) {}
};
struct deposit {};
struct teller {
  using state = balance;
  deposited decide(deposit const&, balance const&) const { return {}; }
};
void pay_in(ab::store<ab::one_of<deposited>>& s) { (void)ab::handle(s.stream("a"), teller{}, deposit{}); }
