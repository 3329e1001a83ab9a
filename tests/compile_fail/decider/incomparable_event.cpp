// expect: given-when-then compares events: give this one `friend bool operator==(T const&, T const&) = default;`
// expect[gcc]: T = deposited
// expect[clang]: event_must_be_comparable<deposited>
#include <anabranch/testing/given_when_then.hpp>

struct deposited {
#ifndef ANABRANCH_MUST_FAIL
  friend bool operator==(deposited const&, deposited const&) = default;
#endif
};
struct balance {
  void apply(deposited const&) {}
};
struct deposit {};
struct teller {
  using state = balance;
  deposited decide(deposit const&, balance const&) const { return {}; }
};
bool holds() { return static_cast<bool>(ab::testing::given<teller>().when(deposit{}).then(deposited{})); }
