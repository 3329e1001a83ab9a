// tags: [R48]
// expect: ab::join_semilattice: `bool leq(T const& other) const` is missing
// expect: ab::join_semilattice: `T difference(T const& other) const` is missing
// expect: ab::join_semilattice: `template <class F> void decompose(F f) const` is missing
#include <anabranch/lattice.hpp>

struct top {
  bool join(top const&) { return false; }
  friend bool operator==(top const&, top const&) = default;
#ifndef ANABRANCH_MUST_FAIL
  bool leq(top const&) const { return true; }
  top difference(top const&) const { return {}; }
  template <class F>
  void decompose(F) const {}
#endif
};
void merge(top& a, top const& b) { ab::join(a, b); }
