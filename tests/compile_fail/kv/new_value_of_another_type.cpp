// expect: ab::kv: the value is not of the table's type
#include <anabranch/store.hpp>

#include <cstdint>
#include <string>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

auto f(ab::store<account_event>& bank) {
#ifdef ANABRANCH_MUST_FAIL
  return ab::commit(bank.kv<std::int64_t>("t").write_new("k", std::string("one")));
#else
  return ab::commit(bank.kv<std::int64_t>("t").write_new("k", 1));
#endif
}
