// expect: ab::canonical_codec
#include <anabranch/storage/file.hpp>
#include <anabranch/store.hpp>

struct drawn {
#ifdef ANABRANCH_MUST_FAIL
  int* pixels = nullptr;
#else
  int pixels = 0;
#endif
};
using picture_event = ab::one_of<drawn>;
auto f(ab::store<picture_event, ab::policies<ab::file_storage<>>>& s) { return s.stream("a").append(drawn{}); }
