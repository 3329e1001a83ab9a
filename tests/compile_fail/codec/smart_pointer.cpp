// expect: a pointer means nothing to whoever reads it
#include <memory>
#include "anabranch/codec.hpp"

struct event {
#ifdef ANABRANCH_MUST_FAIL
  std::shared_ptr<int> amount;
#else
  std::optional<int> amount;
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
