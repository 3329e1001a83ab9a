// expect: value_of_an_error
#include <anabranch/core/name.hpp>

#ifdef ANABRANCH_MUST_FAIL
constexpr auto size = ab::name::parse("") -> view().size();
#else
constexpr auto size = ab::name::parse("a") -> view().size();
#endif
static_assert(size == 1);
