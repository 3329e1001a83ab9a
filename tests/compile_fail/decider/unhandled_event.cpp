// tags: [R16]
// expect: this projection has no step for this event: add `void apply(T const&)`
#include <anabranch/anabranch.hpp>
#include <anabranch/decider.hpp>

struct deposited {};
struct withdrawn {};
struct balance {
  void apply(deposited const&) {}
#ifndef ANABRANCH_MUST_FAIL
  void apply(withdrawn const&) {}
#endif
};
struct deposit {};
struct teller {
  using state = balance;
  deposited decide(deposit const&, balance const&) const { return {}; }
};
void pay_in(ab::store<ab::one_of<deposited, withdrawn>>& s) { (void)ab::handle(s.stream("a"), teller{}, deposit{}); }
