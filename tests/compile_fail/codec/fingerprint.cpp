// expect: a pointer means nothing to whoever reads it
#include "anabranch/codec.hpp"

struct event {
#ifdef ANABRANCH_MUST_FAIL
  char const* name;
#else
  std::string name;
#endif
};
inline constexpr auto shape = ab::canonical_codec::shape<event>();
