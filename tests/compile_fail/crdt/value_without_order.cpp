// tags: [R49]
// expect: ab::lww_register: of two writes with the same stamp the greater value counts, so that all agree: give this
#include <anabranch/crdt.hpp>

#include <compare>

struct colour {
  int rgb = 0;
#ifdef ANABRANCH_MUST_FAIL
  friend bool operator==(colour const&, colour const&) = default;
#else
  friend auto operator<=>(colour const&, colour const&) = default;
#endif
};
void paint(ab::lww_register<colour>& r) { r.set(ab::timestamp{1}, colour{7}); }
