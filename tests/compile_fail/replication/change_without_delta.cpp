// tags: [R49]
// expect: ab::replicated::change: the function returns the delta of what it did
#include <anabranch/crdt.hpp>
#include <anabranch/replication.hpp>

void buy(ab::replicated<ab::add_wins_set<int>>& cart) {
#ifdef ANABRANCH_MUST_FAIL
  cart.change([&](auto& s) { return s.add(cart.me(), 1).is_bottom(); });
#else
  cart.change([&](auto& s) { return s.add(cart.me(), 1); });
  cart.change([&](auto& s) { s.add(cart.me(), 1); });
#endif
}
