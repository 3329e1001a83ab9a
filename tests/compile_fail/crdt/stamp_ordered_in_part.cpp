// tags: [R49]
// expect: nor do stamps that are such, in a last-writer-wins state
#include <anabranch/crdt.hpp>

#include <compare>

class ticks {
 public:
  ticks() = default;
  explicit ticks(double n) : n_(n) {}
#ifdef ANABRANCH_MUST_FAIL
  friend auto operator<=>(ticks const&, ticks const&) = default;
#else
  friend bool operator==(ticks const&, ticks const&) = default;
  friend auto operator<=>(ticks const& a, ticks const& b) { return std::strong_order(a.n_, b.n_); }
#endif

 private:
  double n_ = 0;
};
void add(ab::lww_set<int, ticks>& s) { s.add(ticks(1), 7); }
