// expect: this projection has no step for this event: add `void apply(T const&)`
// expect[gcc]: T = withdrawn
// expect[clang]: withdrawn,
#include <anabranch/testing/given_when_then.hpp>

struct deposited {
  friend bool operator==(deposited const&, deposited const&) = default;
};
struct withdrawn {
  friend bool operator==(withdrawn const&, withdrawn const&) = default;
};
struct balance {
  void apply(deposited const&) {}
};
struct deposit {};
struct teller {
  using state = balance;
  deposited decide(deposit const&, balance const&) const { return {}; }
};
bool holds() {
#ifdef ANABRANCH_MUST_FAIL
  return static_cast<bool>(ab::testing::given<teller>().when(deposit{}).then(withdrawn{}));
#else
  return static_cast<bool>(ab::testing::given<teller>().when(deposit{}).then(deposited{}));
#endif
}
