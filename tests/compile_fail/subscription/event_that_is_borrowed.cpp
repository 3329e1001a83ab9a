// tags: [R20]
// expect: an event of this store points into bytes that it doesn't own
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

struct said {
  std::string_view text;
};
struct written {
  std::string text;
};
template <class E>
using file = ab::store<ab::one_of<E>, ab::policies<ab::file_storage<>>>;
#ifdef ANABRANCH_MUST_FAIL
void publish(file<said>& s) { ab::hub hub(s); }
#else
void publish(file<written>& s) { ab::hub hub(s); }
#endif
