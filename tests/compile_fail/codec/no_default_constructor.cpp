// expect: a class with `fields` needs a public default constructor to be read
#include "anabranch/codec.hpp"

class event {
 public:
  static constexpr auto fields() { return ab::fields(&event::a_); }
#ifndef ANABRANCH_MUST_FAIL
  event() = default;
#endif
  explicit event(int a) : a_(a) {}

 private:
  int a_ = 0;
};
ab::bytes use(event const& e) { return ab::encode(e); }
