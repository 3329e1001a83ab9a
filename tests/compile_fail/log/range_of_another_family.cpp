// expect: this type is no event of the stream's family
#include <anabranch/store.hpp>

#include <cstdint>
#include <vector>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct ordered {};
using order_event = ab::one_of<ordered>;

void f(ab::store<account_event>& bank) {
#ifdef ANABRANCH_MUST_FAIL
  (void)bank.stream("a").append_all(std::vector<ordered>(2));
#else
  (void)bank.stream("a").append_all(std::vector<deposited>(2));
#endif
}
