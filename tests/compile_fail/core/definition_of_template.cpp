// expect: this type has no plain name to be stored under
#include <anabranch/store.hpp>

#include <string_view>

template <class T>
struct boxed {
#ifdef ANABRANCH_MUST_FAIL
  // without a definition
#else
  static constexpr ab::definition definition{"boxed_int", 1};
#endif
  T value;
};
using event = ab::one_of<boxed<int>>;
std::string_view f(ab::store<event>& s) { return (*s.stream("a").read()).front().type(); }
