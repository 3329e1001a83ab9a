// tags: [R35][R36]
// expect: two types have the same stored name and version
#include "compile_fail/upcast/versions.hpp"

#ifdef ANABRANCH_MUST_FAIL
struct again {
  static constexpr ab::definition definition{"deposited", 1};
};
#else
struct again {
  static constexpr ab::definition definition{"deposited", 0};
};
#endif

struct dropped_again {
  static constexpr void up(again const&) {}
};
using bank = ab::store<account_event, ab::policies<ab::upcasts<in_cents, with_currency, dropped_again>>>;
void f(bank& s) { (void)s.stream("a").append(deposited{1, 978}); }
