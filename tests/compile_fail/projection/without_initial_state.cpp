// expect: a full fold begins with a projection's initial state, so it needs a default constructor
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct balance {
#ifdef ANABRANCH_MUST_FAIL
  explicit balance(std::int64_t begin) : cents(begin) {}
#else
  explicit balance(std::int64_t begin = 0) : cents(begin) {}
#endif
  std::int64_t cents;
  void apply(ab::others) {}
};
auto f(ab::store<account_event>& bank) { return bank.stream("a").fold<balance>(); }
