// tags: [R35][R36]
// expect: say in its upcaster whose it was
#include "compile_fail/upcast/versions.hpp"

struct shipped {};

#ifdef ANABRANCH_MUST_FAIL
struct no_openings {
  static constexpr void up(opened const&) {}
};
#else
struct no_openings {
  using family = account_event;
  static constexpr void up(opened const&) {}
};
#endif

using bank = ab::store<ab::families<account_event, ab::one_of<shipped>>, ab::policies<ab::upcasts<no_openings>>>;
void f(bank& s) { (void)s.stream<account_event>("a").append(deposited{1, 978}); }
