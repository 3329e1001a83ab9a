// tags: [R56]
// expect: ab::check_laws: `join` must give the same from both sides
// expect[gcc]: ab::testing::law::commutative
#include <anabranch/testing/laws.hpp>

struct own : ab::lattice::max<int> {
  using ab::lattice::max<int>::max;
  constexpr bool join(own const& o) {
#ifdef ANABRANCH_MUST_FAIL
    if (!is_bottom()) return false;
#endif
    return ab::lattice::max<int>::join(o);
  }
  constexpr own difference(own const& o) const { return leq(o) ? own() : *this; }
  template <class F>
  constexpr void decompose(F f) const {
    if (!is_bottom()) f(*this);
  }
};
template <>
struct ab::testing::arbitrary<own> {
  static constexpr own make(choices& c) { return own(static_cast<int>(c.below(3))); }
};
static_assert(ab::check_laws<own, 50>());
