// expect: this type is no event of the stream's family
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct payment {
  operator deposited() const { return {1}; }
};

void f(ab::store<account_event>& bank) {
#ifdef ANABRANCH_MUST_FAIL
  (void)bank.stream("a").append(payment{});
#else
  (void)bank.stream("a").append(deposited(payment{}));
#endif
}
