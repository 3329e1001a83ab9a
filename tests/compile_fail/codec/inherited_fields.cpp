// expect: `fields` is inherited, so what the derived class adds would be lost
#include "anabranch/codec.hpp"

class head {
 public:
  static constexpr auto fields() { return ab::fields(&head::a); }
  int a = 0;
};
class event : public head {
 public:
#ifndef ANABRANCH_MUST_FAIL
  static constexpr auto fields() { return ab::fields<event>(&event::a, &event::b); }
#endif
  int b = 0;
};
ab::bytes use(event const& e) { return ab::encode(e); }
