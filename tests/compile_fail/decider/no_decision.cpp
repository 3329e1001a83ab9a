// expect: this decider has no decision for this command: add `decide(command const&, state const&) const`, which gives the events
// expect[gcc]: must_decide() [with D = teller; Command = withdraw]
// expect[clang]: must_decide<teller, withdraw>
#include <anabranch/anabranch.hpp>
#include <anabranch/decider.hpp>

struct deposited {};
struct balance {
  void apply(deposited const&) {}
};
struct deposit {};
struct withdraw {};
struct teller {
  using state = balance;
  deposited decide(deposit const&, balance const&) const { return {}; }
#ifndef ANABRANCH_MUST_FAIL
  deposited decide(withdraw const&, balance const&) const { return {}; }
#endif
};
void ask(ab::store<ab::one_of<deposited>>& s, ab::one_of<deposit, withdraw> const& command) {
  (void)ab::handle(s.stream("a"), teller{}, command);
}
