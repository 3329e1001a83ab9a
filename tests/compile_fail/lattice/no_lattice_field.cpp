// tags: [R48]
// expect: ab::join_semilattice: nothing says how two of these merge
#include <anabranch/lattice.hpp>

struct settings {
  ab::lattice::max<int> volume;
#ifdef ANABRANCH_MUST_FAIL
  int brightness = 0;
#else
  ab::lattice::max<int> brightness;
#endif
};
void merge(settings& a, settings const& b) { ab::join(a, b); }
