// expect: the comparator, hash or equality of this container has a state, which is not stored
#include "anabranch/codec.hpp"
#include "anabranch/codec/types/set.hpp"

struct less {
#ifdef ANABRANCH_MUST_FAIL
  bool reversed = false;
#else
  static constexpr bool reversed = false;
#endif
  bool operator()(int a, int b) const { return reversed ? b < a : a < b; }
};
ab::bytes use(std::set<int, less> const& s) { return ab::encode(s); }
