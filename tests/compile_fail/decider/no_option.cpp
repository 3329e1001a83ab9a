// expect: this is no option of ab::handle: those are ab::retry(8, wait), ab::also(f), ab::with(metadata), ab::from_snapshot and ab::snapshot_every(100)
// expect: ab::handle: an option is given twice; keep one of them
#include <anabranch/anabranch.hpp>
#include <anabranch/decider.hpp>

struct deposited {};
struct balance {
  void apply(deposited const&) {}
};
struct deposit {};
struct teller {
  using state = balance;
  deposited decide(deposit const&, balance const&) const { return {}; }
};
void pay_in(ab::store<ab::one_of<deposited>>& s) {
  auto a = s.stream("a"), b = s.stream("b");
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::handle(a, teller{}, deposit{}, b.write(deposited{}));
  (void)ab::handle(a, teller{}, deposit{}, ab::retry(3), ab::retry(4));
#else
  (void)ab::handle(a, teller{}, deposit{}, ab::also([&] { return b.write(deposited{}); }), ab::retry(3));
#endif
}
