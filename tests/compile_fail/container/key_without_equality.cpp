// expect: a hashed container can't compare this key: give it `bool operator==(T const&) const = default;`
#include <anabranch/container.hpp>

struct tag {
  int n = 0;
#ifndef ANABRANCH_MUST_FAIL
  friend bool operator==(tag const&, tag const&) = default;
#endif
};
bool put(ab::hash_containers::set<tag>& s) { return s.insert(tag{1}); }
