// expect: ab::kv: values are copied out of the store, so T needs a copy constructor
#include <anabranch/store.hpp>

#include <cstdint>
#include <memory>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#ifdef ANABRANCH_MUST_FAIL
using owned = std::unique_ptr<int>;
#else
using owned = std::shared_ptr<int>;
#endif
auto f(ab::store<account_event>& bank) { return bank.kv<owned>("t").get("k"); }
