// expect: ab::one_of: every type needs a move constructor that is noexcept
#include <anabranch/core/one_of.hpp>

struct a {
  a() = default;
#ifdef ANABRANCH_MUST_FAIL
  a(a&&) {}
#else
  a(a&&) noexcept {}
#endif
};
ab::one_of<a> x = a{};
