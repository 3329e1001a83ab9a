// tags: [R16]
// expect: ab::inlined takes an operation that appends to a stream
#include <anabranch/anabranch.hpp>

struct opened {};
struct closed {};
using door_store = ab::store<ab::one_of<opened, closed>>;
struct count {
  int n = 0;
  void apply(ab::others) { ++n; }
};

void append(door_store& s) {
  auto door = s.stream("door");
#ifdef ANABRANCH_MUST_FAIL
  ab::inlined<count>(door.expect(ab::no_stream));
#else
  (void)ab::commit(ab::inlined<count>(door.write(opened{})));
#endif
}
