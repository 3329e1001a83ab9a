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
  void apply(ab::others) { ++n; }
};
struct counter {
  int* n;
  void react(ab::others) { ++*n; }
};
void subscribe(ab::hub<door_store>& hub, int& n) {
#ifdef ANABRANCH_MUST_FAIL
  auto const s = hub.subscribe(count{});
#else
  auto const s = hub.subscribe(counter{&n});
#endif
}
