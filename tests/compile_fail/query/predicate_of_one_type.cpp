// tags: [R30]
// expect: where(f): f is called with an event of each type that the query selects and gives a bool
#include <anabranch/anabranch.hpp>

struct opened {
  int by;
};
struct closed {};
struct by_one {
  template <class Event>
    requires requires(Event const& e) { e.data.by; }
  bool operator()(Event const& e) const {
    return e.data.by == 1;
  }
};
void count(ab::store<ab::one_of<opened, closed>>& s) {
#ifdef ANABRANCH_MUST_FAIL
  (void)ab::query(s.stream("door")).where(by_one{}).count();
#else
  (void)ab::query(s.stream("door")).of<opened>().where(by_one{}).count();
#endif
}
