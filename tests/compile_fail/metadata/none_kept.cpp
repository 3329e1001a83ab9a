// tags: [R1]
// expect: this store keeps no metadata
#include "compile_fail/upcast/versions.hpp"

struct request {
  std::int64_t user;
};
struct other {};
using traced = ab::store<account_event, ab::policies<ab::metadata<request>>>;

#ifdef ANABRANCH_MUST_FAIL
void f(ab::store<account_event>& s) { (void)s.stream("a").append(ab::with(request{1}), deposited{1, 978}); }
#else
void f(traced& s) { (void)s.stream("a").append(ab::with(request{1}), deposited{1, 978}); }
#endif
