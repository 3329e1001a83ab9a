// tags: [R49]
// expect: ab::replicated: deltas of this state must be joined in causal order, which this channel doesn't
#include <anabranch/crdt.hpp>
#include <anabranch/replication.hpp>

struct stock {
  ab::add_wins_set<int> shelves;
  ab::bounded_counter<> left;
};
#ifdef ANABRANCH_MUST_FAIL
ab::replicated<stock, ab::any_order> replica_of_stock(ab::replica(1));
#else
ab::replicated<stock, ab::causal_order> replica_of_stock(ab::replica(1));
ab::replicated<ab::add_wins_set<int>, ab::any_order> other_order(ab::replica(1));
#endif
