// expect: a pointer means nothing to whoever reads it
// expect[gcc]: [with T = wanted; Above = {event,
// expect[clang]: 'ab::detail::canonical::require<wanted, event,
#include "anabranch/codec.hpp"

struct wanted {
#ifdef ANABRANCH_MUST_FAIL
  char const* name;
#else
  std::string name;
#endif
};
struct event {
  std::vector<std::optional<wanted>> all;
};
ab::bytes use(event const& e) { return ab::encode(e); }
