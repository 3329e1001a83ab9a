// Keys and values of a user's need not be constant expressions: compilers differ in what they take of those that aren't.
#include <anabranch/container.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/lattice.hpp>

#include <compare>
#include <cstdint>

#include "catch.hpp"

namespace {

namespace lattice = ab::lattice;

struct key {
  int n = 0;
  key() {}
  key(int i) : n(i) {}
  std::uint64_t hash() const { return static_cast<std::uint64_t>(n); }
  friend bool operator==(key const& a, key const& b) { return a.n == b.n; }
  friend auto operator<=>(key const& a, key const& b) { return a.n <=> b.n; }
};

}  // namespace

template <>
struct ab::lattice::bounds<key> {
  static key least() { return INT32_MIN; }
};

namespace {

template <class T>
void is_compared(T const& state) {
  CHECK(state == state);
  CHECK_FALSE(ab::is_bottom(state));
}

}  // namespace

TEMPLATE_TEST_CASE("keys need nothing that is constexpr", "[crdt][container][R50]", ab::hash_containers,
                   ab::flat_containers, ab::node_containers) {
  auto const me = ab::replica(1);
  ab::timestamp const now{1};
  ab::add_wins_set<key, TestType> set;
  set.add(me, 1);
  is_compared(set);
  ab::add_wins_map<key, ab::mv_register<key, TestType>, TestType> map;
  map.update(1, [&](auto& v) { return v.set(me, 4); });
  is_compared(map);
  ab::ordered_list<key, TestType> list;
  list.insert(me, 0, 2);
  is_compared(list);
  ab::lww_map<key, key, ab::timestamp, TestType> last;
  last.set(now, 2, 3);
  is_compared(last);
  lattice::set<key, TestType> all;
  all.insert(1);
  is_compared(all);
}

TEST_CASE("values need nothing that is constexpr", "[crdt][lattice][R50]") {
  ab::lww_register<key> last;
  last.set(ab::timestamp{1}, 2);
  is_compared(last);
  is_compared(lattice::option<lattice::max<key>>(lattice::max<key>(3)));
}
