// expect: ab::decider: it names the projection that it decides on, as in `using state = balance;`
#include <anabranch/anabranch.hpp>
#include <anabranch/decider.hpp>

struct deposited {};
struct balance {
  void apply(deposited const&) {}
};
struct deposit {};
struct teller {
#ifndef ANABRANCH_MUST_FAIL
  using state = balance;
#endif
  deposited decide(deposit const&, balance const&) const { return {}; }
};
void pay_in(ab::store<ab::one_of<deposited>>& s) { (void)ab::handle(s.stream("a"), teller{}, deposit{}); }
