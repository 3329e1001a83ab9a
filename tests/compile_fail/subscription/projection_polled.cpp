// tags: [R19]
// expect: this is a projection: it is folded (`apply`), not told
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

struct count {
  int n = 0;
  void apply(opened const&) { ++n; }
  void apply(closed const&) { ++n; }
};
void poll(door_store& s, count c) {
  auto feed = ab::catch_up(s.stream("door"), ab::revision{0});
#ifdef ANABRANCH_MUST_FAIL
  (void)feed.poll(1, c);
#else
  (void)feed.poll(1, [&c](auto const& e) { c.apply(e); });
#endif
}
