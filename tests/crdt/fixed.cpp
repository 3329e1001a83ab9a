// States without heap: what doesn't fit is refused, whole.
#include <anabranch/codec/decode.hpp>
#include <anabranch/codec/encode.hpp>
#include <anabranch/container.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/lattice/try_join.hpp>

#include <cstdint>

#include "catch.hpp"

namespace {

template <std::size_t N>
using room = ab::fixed_containers<N>;
auto const anna = ab::replica(1), ben = ab::replica(2);

struct device {
  ab::add_wins_set<int, room<3>> open;
  ab::pn_counter<room<2>> load;
};

constexpr bool in_a_constant_expression() {
  auto const me = ab::replica(1);
  ab::add_wins_map<int, ab::pn_counter<room<4>>, room<4>> a, b;
  auto const d = a.update(1, [&](auto& c) { return c.increment(me, 2); });
  if (!d || !ab::try_join(b, *d)) return false;
  ab::ordered_list<int, room<8>> l;
  for (int i = 0; i < 8; ++i)
    if (!l.insert(me, 0, i)) return false;
  return b[1].value() == 2 && l[0] == 7 && !l.insert(me, 0, 9) && l.size() == 8;
}
static_assert(in_a_constant_expression());

}  // namespace

TEST_CASE("a change that doesn't fit changes nothing", "[crdt][R49]") {
  ab::add_wins_set<int, room<3>> s;
  for (int i = 0; i < 3; ++i) REQUIRE(s.add(anna, i));
  auto const before = s;
  auto const r = s.add(anna, 9);
  REQUIRE_FALSE(r);
  CHECK(r.error() == ab::errc::too_large);
  CHECK(s == before);
  REQUIRE(s.add(anna, 2));  // it is there
  REQUIRE(s.remove(1));
  CHECK(s.add(anna, 9));
  CHECK(s.contains(9));
}

TEST_CASE("a join that doesn't fit changes nothing", "[crdt][R49]") {
  ab::add_wins_set<int, room<3>> a, b;
  for (int i = 0; i < 2; ++i) REQUIRE(a.add(anna, i));
  for (int i = 5; i < 7; ++i) REQUIRE(b.add(ben, i));
  auto const before = a;
  auto const r = ab::try_join(a, b);
  REQUIRE_FALSE(r);
  CHECK(r.error() == ab::errc::too_large);
  CHECK(a == before);
  REQUIRE(b.remove(6));
  REQUIRE(ab::try_join(a, b));
  CHECK(a.size() == 3);
  CHECK(a.contains(5));

  // Also in a struct, where another field would have fitted.
  device here, there;
  for (int i = 0; i < 3; ++i) REQUIRE(here.open.add(anna, i));
  REQUIRE(there.open.add(ben, 9));
  REQUIRE(there.load.increment(ben));
  CHECK_FALSE(ab::receive(anna, here, there));
  CHECK(here.load.value() == 0);
}

TEST_CASE("a plain join without room removes nothing elsewhere", "[crdt][R49]") {
  ab::add_wins_set<int, room<3>> a, b, c;
  for (int i = 0; i < 2; ++i) REQUIRE(a.add(anna, i));
  for (int i = 5; i < 7; ++i) REQUIRE(b.add(ben, i));
  REQUIRE(ab::try_join(c, b));
  auto const before = a;
  CHECK_FALSE(a.join(b));  // where nobody looks at what `try_join` would say
  CHECK(a.overflowed());
  CHECK(a == before);
  CHECK_FALSE(a.context().contains({ben.id(), 1}));
  REQUIRE(b.clear());
  CHECK_FALSE(ab::try_join(c, a));  // no room either
  CHECK(c.size() == 2);
}

TEST_CASE("what fits once gaps are filled fits", "[crdt][R49]") {
  ab::causal_context<room<3>> mine, theirs;
  for (std::uint64_t const n : {3U, 5U, 7U}) mine.insert(ab::dot{ben.id(), n});
  theirs.insert(ab::dot{anna.id(), 10});  // has no room
  theirs.insert(ab::dot{ben.id(), 4});    // unless this has come
  auto const grew = ab::try_join(mine, theirs);
  REQUIRE(grew);
  CHECK(*grew);
  CHECK(mine.cloud().size() == 3);
  CHECK(mine.contains({ben.id(), 4}));
  ab::causal_context<room<3>> more;
  more.insert(ab::dot{ben.id(), 20});
  CHECK_FALSE(ab::try_join(mine, more));
  for (std::uint64_t n = 1; n < 3; ++n) more.insert(ab::dot{ben.id(), n});
  more.insert(ab::dot{ben.id(), 6});
  CHECK(ab::try_join(mine, more));
  CHECK(mine.contiguous(ben.id()) == 7);

  // Against a state with room for all, at random.
  std::uint64_t seed = 1;
  auto const below = [&seed](std::uint64_t n) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (seed >> 33U) % n;
  };
  int fitted = 0;
  for (int i = 0; i < 3000; ++i) {
    ab::causal_context<room<4>> a, b;
    ab::causal_context<> all;
    for (auto* const c : {&a, &b}) {
      for (auto n = below(7); n-- > 0;) {
        ab::dot const d{below(2) == 0 ? anna.id() : ben.id(), 1 + below(12)};
        auto next = *c;
        next.insert(d);
        if (next.overflowed()) continue;
        *c = next;
        all.insert(d);
      }
    }
    bool const fits = all.vector().size() <= 4 && all.cloud().size() <= 4;
    REQUIRE(static_cast<bool>(ab::try_join(a, b)) == fits);
    if (fits) REQUIRE(ab::encode(a) == ab::encode(all));
    fitted += fits ? 1 : 0;
  }
  CHECK(fitted > 1000);
  CHECK(fitted < 3000);
}

TEST_CASE("replicas have a place of their own, too", "[crdt][R49]") {
  ab::g_counter<room<2>> c;
  REQUIRE(c.increment(ab::replica(1)));
  REQUIRE(c.increment(ab::replica(2)));
  CHECK_FALSE(c.increment(ab::replica(3)));
  CHECK(c.value() == 2);
  ab::g_counter<room<2>> d;
  REQUIRE(d.increment(ab::replica(3)));
  CHECK_FALSE(ab::try_join(c, d));
  CHECK(c.value() == 2);
}

TEST_CASE("a small state reads what a large one wrote, where it fits", "[crdt][R49]") {
  ab::add_wins_set<int> large;
  ab::add_wins_set<int, room<4>> small;
  for (int i = 0; i < 4; ++i) large.add(anna, i);
  auto const read = ab::decode<decltype(small)>(ab::encode(large));
  REQUIRE(read);
  REQUIRE(ab::try_join(small, *read));
  CHECK(small.size() == 4);
  CHECK(ab::encode(small) == ab::encode(large));
  large.add(anna, 5);
  CHECK_FALSE(ab::decode<decltype(small)>(ab::encode(large)));
}
