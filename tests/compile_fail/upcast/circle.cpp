// tags: [R35][R36]
// expect: the upcasters go in a circle
#include "compile_fail/upcast/versions.hpp"

struct backwards {
  static constexpr deposited_v1 up(deposited_v2 const& old) { return {static_cast<std::int32_t>(old.cents / 100)}; }
};

#ifdef ANABRANCH_MUST_FAIL
using upcasts = ab::upcasts<in_cents, backwards>;
#else
using upcasts = ab::upcasts<in_cents, with_currency>;
#endif

using bank = ab::store<account_event, ab::policies<upcasts>>;
void f(bank& s) { (void)s.stream("a").append(deposited{1, 978}); }
