// expect: `decide` gives nothing back: it returns the events that follow from the command, and changes nothing by itself; where perhaps nothing follows, a std::optional
#include <anabranch/anabranch.hpp>
#include <anabranch/decider.hpp>

struct deposited {};
struct balance {
  void apply(deposited const&) {}
};
struct deposit {};
struct teller {
  using state = balance;
#ifdef ANABRANCH_MUST_FAIL
  ab::result<void> decide(deposit const&, balance const&) const { return {}; }
#else
  deposited decide(deposit const&, balance const&) const { return {}; }
#endif
};
void pay_in(ab::store<ab::one_of<deposited>>& s) { (void)ab::handle(s.stream("a"), teller{}, deposit{}); }
