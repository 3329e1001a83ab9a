// expect: an aggregate has more than 32 fields
#include "anabranch/codec.hpp"

struct event {
  int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, a1, a2, a3, a4, a5, a6;
#ifdef ANABRANCH_MUST_FAIL
  int a7;
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
