// tags: [R40]
// expect: this type has no plain name to be stored under; give it `static constexpr ab::definition definition{"name", 1};`
#include <anabranch/hash.hpp>

template <class T>
struct measured {
#ifndef ANABRANCH_MUST_FAIL
  static constexpr ab::definition definition{"measured", 1};
#endif
  T value;
};
void name_it() { (void)ab::content_id(measured<double>{1.5}); }
