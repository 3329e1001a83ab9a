// expect: `fields` lists a member that can't be assigned, such as a const one
#include "anabranch/codec.hpp"

class event {
 public:
  static constexpr auto fields() { return ab::fields(&event::a_); }

 private:
#ifdef ANABRANCH_MUST_FAIL
  int const a_ = 0;
#else
  int a_ = 0;
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
