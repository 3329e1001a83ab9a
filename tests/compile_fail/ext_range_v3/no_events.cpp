// tags: [R30]
// expect: ab::views take a range of events
#include <anabranch/anabranch.hpp>
#include <anabranch/ext/range_v3.hpp>
#include <range/v3/view/transform.hpp>

struct opened {
  int by;
};
void filter(ab::store<ab::one_of<opened>>& s) {
  auto const events = *s.stream("door").read();
#ifdef ANABRANCH_MUST_FAIL
  (void)(events | ranges::views::transform([](auto const& e) { return e.revision.value; }) | ab::views::since(1));
#else
  (void)(events | ab::views::since(1) | ranges::views::transform([](auto const& e) { return e.revision.value; }));
#endif
}
