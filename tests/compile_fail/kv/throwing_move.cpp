// expect: ab::kv: T needs a move constructor that is noexcept
#include <anabranch/store.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct state {
  state() = default;
#ifdef ANABRANCH_MUST_FAIL
  state(state const&) {}
#else
  state(state const&) = default;
#endif
  state& operator=(state const&) = default;
};
auto f(ab::store<account_event>& bank) { return bank.kv<state>("t").get("k"); }
