// tags: [R48]
// expect: ab::lattice::lexicographic: the first component must be a chain
#include <anabranch/lattice.hpp>

#ifdef ANABRANCH_MUST_FAIL
using first = ab::lattice::set<int>;
#else
using first = ab::lattice::max<int>;
#endif
using versioned = ab::lattice::lexicographic<first, ab::lattice::any>;
void merge(versioned& a, versioned const& b) { a.join(b); }
