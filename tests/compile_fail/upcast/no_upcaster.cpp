// tags: [R35][R36]
// expect: one static function that is not overloaded
#include "compile_fail/upcast/versions.hpp"

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
