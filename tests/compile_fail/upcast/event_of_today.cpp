// tags: [R35][R36]
// expect: an upcaster takes an event that is still in a family
#include "compile_fail/upcast/versions.hpp"

struct doubled {
  static constexpr deposited up(deposited const& old) { return {2 * old.cents, old.currency}; }
};

#ifdef ANABRANCH_MUST_FAIL
using upcasts = ab::upcasts<doubled>;
#else
using upcasts = ab::upcasts<in_cents, with_currency>;
#endif

using bank = ab::store<account_event, ab::policies<upcasts>>;
void f(bank& s) { (void)s.stream("a").append(deposited{1, 978}); }
