// expect: `fields` lists nothing, so nothing of the class would be stored
#include "anabranch/codec.hpp"

class event {
 public:
#ifdef ANABRANCH_MUST_FAIL
  static constexpr auto fields() { return ab::fields<event>(); }
#else
  static constexpr auto fields() { return ab::fields(&event::a_); }
#endif
 private:
  [[maybe_unused]] int a_ = 0;
};
ab::bytes use(event const& e) { return ab::encode(e); }
