// expect: ab::add_wins_map: map and values share one causal context, so they take the same containers
#include <anabranch/container.hpp>
#include <anabranch/crdt.hpp>

using ab::fixed_containers;
#ifdef ANABRANCH_MUST_FAIL
ab::add_wins_map<int, ab::mv_register<int>, fixed_containers<4>> m;
#else
ab::add_wins_map<int, ab::mv_register<int, fixed_containers<4>>, fixed_containers<4>> m;
#endif
