// tags: [R49]
// expect: ab::add_wins_map: what lies in a map is removed with its key, which this type can't do
#include <anabranch/crdt.hpp>

#ifdef ANABRANCH_MUST_FAIL
ab::add_wins_map<int, ab::g_set<int>> m;
#else
ab::add_wins_map<int, ab::add_wins_set<int>> m;
#endif
