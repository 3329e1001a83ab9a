// tags: [R35][R36]
// expect: say in its upcaster whose it was
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
struct shipped {};

#ifdef ANABRANCH_MUST_FAIL
struct no_openings {
  static constexpr void up(opened const&) {}
};
#else
struct no_openings {
  using family = account_event;
  static constexpr void up(opened const&) {}
};
#endif

using bank = ab::store<ab::families<account_event, ab::one_of<shipped>>, ab::policies<ab::upcasts<no_openings>>>;
void f(bank& s) { (void)s.stream<account_event>("a").append(deposited{1, 978}); }
