// expect: a map is encoded in ascending order of its keys, so that equal ones have equal bytes: give this key
#include <anabranch/anabranch.hpp>

struct tag {
  int n = 0;
#ifdef ANABRANCH_MUST_FAIL
  friend bool operator==(tag const&, tag const&) = default;
#else
  friend auto operator<=>(tag const&, tag const&) = default;
#endif
};
ab::bytes keep(ab::add_wins_set<tag> const& s) { return ab::encode(s); }
