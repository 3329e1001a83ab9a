// expect: an ordered container asks for `<` of this key
#include <anabranch/container.hpp>

struct tag {
  int n = 0;
#ifdef ANABRANCH_MUST_FAIL
  friend bool operator==(tag const&, tag const&) = default;
#else
  friend auto operator<=>(tag const&, tag const&) = default;
#endif
};
bool put_flat(ab::flat_containers::set<tag>& s) { return s.insert(tag{1}); }
bool put_node(ab::node_containers::set<tag>& s) { return s.insert(tag{1}); }
