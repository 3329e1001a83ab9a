// tags: [R70]
// expect: ab::remote::server: an event of this store points into bytes that it doesn't own
#include <anabranch/anabranch.hpp>

#include <string>
#include <string_view>

struct said {
#ifdef ANABRANCH_MUST_FAIL
  std::string_view what;
#else
  std::string what;
#endif
};
void serve(ab::store<ab::one_of<said>>& s, ab::bytes_view request) {
  ab::remote::server served(s);
  (void)served.answer(request);
}
