// tags: [R28]
// expect: this store has no such event family; it is made of the families of its first argument
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
using door_event = ab::one_of<opened>;
using window_event = ab::one_of<closed>;
using house = decltype(ab::catalog(std::declval<ab::store<door_event>&>()));
#ifdef ANABRANCH_MUST_FAIL
static_assert(house::family<window_event> == 0);
#else
static_assert(house::family<door_event> == 0);
#endif
