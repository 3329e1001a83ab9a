// tags: [R35][R36]
// expect: one static function that is not overloaded
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
struct by_value {
  static constexpr deposited up(deposited_v2 old) { return {old.cents, 978}; }
};

#ifdef ANABRANCH_MUST_FAIL
using upcasts = ab::upcasts<in_cents, by_value>;
#else
using upcasts = ab::upcasts<in_cents, with_currency>;
#endif

using bank = ab::store<account_event, ab::policies<upcasts>>;
void f(bank& s) { (void)s.stream("a").append(deposited{1, 978}); }
