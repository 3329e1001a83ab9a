// tags: [R35][R36]
// expect: no upcaster takes it on
#include "compile_fail/upcast/versions.hpp"

#ifdef ANABRANCH_MUST_FAIL
using upcasts = ab::upcasts<in_cents>;
#else
using upcasts = ab::upcasts<in_cents, with_currency>;
#endif

using bank = ab::store<account_event, ab::policies<upcasts>>;
void f(bank& s) { (void)s.stream("a").append(deposited{1, 978}); }
