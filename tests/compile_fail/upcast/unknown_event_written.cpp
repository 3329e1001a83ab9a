// tags: [R36]
// expect: nothing can be appended as that
#include "compile_fail/upcast/versions.hpp"

using passing = ab::store<ab::one_of<deposited, ab::unknown_event>>;

#ifdef ANABRANCH_MUST_FAIL
void f(passing& s) { (void)s.stream("a").append(ab::unknown_event{}); }
#else
void f(passing& s) { (void)s.stream("a").append(deposited{1, 978}); }
#endif
