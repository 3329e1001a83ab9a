// tags: [R48]
// expect: ab::join_semilattice: T{} is the least value
#include <anabranch/lattice.hpp>

struct settings {
#ifdef ANABRANCH_MUST_FAIL
  explicit settings(int v) : volume(v) {}
#endif
  ab::lattice::max<int> volume;
};
void merge(settings& a, settings const& b) { ab::join(a, b); }
