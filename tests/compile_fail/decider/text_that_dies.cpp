// expect[gcc]: is not a constant expression
// expect[clang]: is not a constant expression
#include <anabranch/decider/refuse.hpp>

#include <string>

ab::error refusal([[maybe_unused]] std::string const& why) {
#ifdef ANABRANCH_MUST_FAIL
  return ab::refuse(why.c_str());
#else
  return ab::refuse("the account is closed");
#endif
}
