// expect: ab::add_wins_map::update: the function changes the value by one of its mutators, and returns what that
#include <anabranch/crdt.hpp>

void count(ab::add_wins_map<int, ab::pn_counter<>>& m, ab::replica const& me) {
#ifdef ANABRANCH_MUST_FAIL
  m.update(1, [&](auto& c) { c.increment(me); });
#else
  m.update(1, [&](auto& c) { return c.increment(me); });
#endif
}
