// expect: a pointer means nothing to whoever reads it; store what it points to, an id, or a std::optional
// tags: [R73]
#include "anabranch/codec.hpp"

struct event {
#ifdef ANABRANCH_MUST_FAIL
  int const* amount;
#else
  int amount;
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
