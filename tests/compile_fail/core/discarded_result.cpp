// flags: -Werror=unused-result
// expect[gcc]: ignoring returned value of type
// expect[clang]: ignoring return value
#include <anabranch/core/name.hpp>

void f() {
#ifdef ANABRANCH_MUST_FAIL
  ab::name::parse("a");
#else
  (void)ab::name::parse("a");
#endif
}
