// tags: [R1]
// expect: this store keeps metadata of another type
#include "compile_fail/upcast/versions.hpp"

struct request {
  std::int64_t user;
};
struct other {};
using traced = ab::store<account_event, ab::policies<ab::metadata<request>>>;

#ifdef ANABRANCH_MUST_FAIL
void f(traced& s) { (void)s.stream("a").append(ab::with(other{}), deposited{1, 978}); }
#else
void f(traced& s) { (void)s.stream("a").append(ab::with(request{1}), deposited{1, 978}); }
#endif
