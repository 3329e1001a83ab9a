// expect: this type points into bytes that it doesn't own
#include <anabranch/storage/file.hpp>
#include <anabranch/store.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
using bank = ab::store<account_event, ab::policies<ab::file_storage<>>>;
#ifdef ANABRANCH_MUST_FAIL
using text = std::string_view;
#else
using text = std::string;
#endif
auto f(bank& b) { return b.kv<text>("t").get("k"); }
