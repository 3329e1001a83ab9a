// expect: ab::codec_traits of this type needs `using stored`
// tags: [R73]
#include "anabranch/codec.hpp"

class event {
 public:
  explicit event(int) {}
};
template <>
struct ab::codec_traits<event> {
  using stored = int;
  static stored to(event const&) { return 0; }
#ifndef ANABRANCH_MUST_FAIL
  static ab::result<event> from(stored n) { return event(n); }
#endif
};
ab::bytes use(event const& e) { return ab::encode(e); }
