// tags: [R35][R36]
// expect: two upcasters take the same version of an event
#include "compile_fail/upcast/versions.hpp"

struct at_once {
  static constexpr deposited up(deposited_v1 const& old) { return {std::int64_t{old.euros} * 100, 978}; }
};

#ifdef ANABRANCH_MUST_FAIL
using upcasts = ab::upcasts<in_cents, with_currency, at_once>;
#else
using upcasts = ab::upcasts<in_cents, with_currency>;
#endif

using bank = ab::store<account_event, ab::policies<upcasts>>;
void f(bank& s) { (void)s.stream("a").append(deposited{1, 978}); }
