// tags: [R36]
// expect: this is an old version of an event, which is only read
#include "compile_fail/upcast/versions.hpp"

using bank = ab::store<account_event, ab::policies<ab::upcasts<in_cents, with_currency>>>;

#ifdef ANABRANCH_MUST_FAIL
void f(bank& s) { (void)s.stream("a").append(deposited_v1{1}); }
#else
void f(bank& s) { (void)s.stream("a").append(deposited{1, 978}); }
#endif
