// tags: [R49]
// expect: ab::replicated: the second argument says in which order the channel delivers: ab::causal_order, the
#include <anabranch/crdt.hpp>
#include <anabranch/policies.hpp>
#include <anabranch/replication.hpp>

#ifdef ANABRANCH_MUST_FAIL
ab::replicated<ab::pn_counter<>, ab::global_order> counted(ab::replica(1));
#else
ab::replicated<ab::pn_counter<>, ab::any_order> counted(ab::replica(1));
#endif
