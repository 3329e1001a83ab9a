// expect: state is a struct and a field's mutator was called, return nothing, or a State with the delta in
#include <anabranch/crdt.hpp>
#include <anabranch/replication.hpp>

struct post {
  ab::add_wins_set<int> tags;
  ab::pn_counter<> votes;
};
void tag(ab::replicated<post>& p) {
#ifdef ANABRANCH_MUST_FAIL
  p.change([&](post& s) { return s.tags.add(p.me(), 1); });
#else
  p.change([&](post& s) { return post{s.tags.add(p.me(), 1), {}}; });
  p.change([&](post& s) { s.tags.add(p.me(), 1); });
#endif
}
