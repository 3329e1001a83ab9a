// tags: [R36]
// expect: this is an old version of an event, which is only read
#include <anabranch/anabranch.hpp>

#include <cstdint>

struct deposited_v1 {
  static constexpr ab::definition definition{"deposited", 1};
  std::int32_t euros;
};
struct deposited_v2 {
  static constexpr ab::definition definition{"deposited", 2};
  std::int64_t cents;
};
struct deposited {
  static constexpr ab::definition definition{"deposited", 3};
  std::int64_t cents;
  std::int32_t currency;
};
struct opened {};
using account_event = ab::one_of<deposited>;
struct in_cents {
  static constexpr deposited_v2 up(deposited_v1 const& old) { return {std::int64_t{old.euros} * 100}; }
};
struct with_currency {
  static constexpr deposited up(deposited_v2 const& old) { return {old.cents, 978}; }
};
using bank = ab::store<account_event, ab::policies<ab::upcasts<in_cents, with_currency>>>;

#ifdef ANABRANCH_MUST_FAIL
void f(bank& s) { (void)s.stream("a").append(deposited_v1{1}); }
#else
void f(bank& s) { (void)s.stream("a").append(deposited{1, 978}); }
#endif
