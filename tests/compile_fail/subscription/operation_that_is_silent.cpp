// tags: [R20]
// expect: this operation appends but doesn't say what, so a hub can't publish it
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
struct ordered {};
using door_event = ab::one_of<opened, closed>;
using door_store = ab::store<door_event>;

template <class Op>
struct wrapped : Op {
  using Op::Op;
  explicit wrapped(Op o) : Op(std::move(o)) {}
  void wrote(int) const = delete;
};
void commit(ab::hub<door_store>& hub, door_store& s) {
  auto door = s.stream("door");
#ifdef ANABRANCH_MUST_FAIL
  (void)hub.commit(wrapped(door.write(opened{})));
#else
  (void)hub.commit(door.write(opened{}));
#endif
}
