// expect: a hashed container can't hash this key: specialise ab::key_hash for it
#include <anabranch/container/node.hpp>
#include <anabranch/crdt.hpp>

class tag {
 public:
  explicit tag(int n = 0) : n_(n) {}
  friend auto operator<=>(tag const&, tag const&) = default;

 private:
  int n_;
};
#ifdef ANABRANCH_MUST_FAIL
using containers = ab::hash_containers;
#else
using containers = ab::node_containers;
#endif
void put(ab::add_wins_set<tag, containers>& s, ab::replica const& me) { s.add(me, tag(1)); }
