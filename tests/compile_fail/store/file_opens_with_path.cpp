// expect[gcc]: durable
// expect[clang]: durable
#include <anabranch/storage/file.hpp>
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
using bank = ab::store<account_event, ab::policies<ab::file_storage<>>>;
void f() {
#ifdef ANABRANCH_MUST_FAIL
  bank b;
#else
  auto const b = bank::open("bank.log");
  if (!b) throw 1;
#endif
}
