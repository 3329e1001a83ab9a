// expect: a type that can't be moved can't be returned when it is read
#include "anabranch/codec.hpp"

class event {
 public:
  static constexpr auto fields() { return ab::fields(&event::a_); }
  event() = default;
#ifdef ANABRANCH_MUST_FAIL
  event(event&&) = delete;
#endif
 private:
  int a_ = 0;
};
ab::bytes use(event const& e) { return ab::encode(e); }
