// expect: this class is no plain aggregate; make its members public, list them with ab::fields, or specialise ab::codec_traits
// tags: [R73]
#include "anabranch/codec.hpp"

class event {
#ifndef ANABRANCH_MUST_FAIL
 public:
#endif
  [[maybe_unused]] int a = 0;
};
ab::bytes use(event const& e) { return ab::encode(e); }
