// tags: [R20]
// expect: an operation does nothing until ab::commit
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

void keep(ab::catch_up_subscription<door_store::stream_type<>>& feed) {
#ifdef ANABRANCH_MUST_FAIL
  feed.write_checkpoint();
#else
  (void)ab::commit(feed.write_checkpoint());
#endif
}
