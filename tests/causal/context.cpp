// What was seen: against a plain set of dots, in a constant expression, and from bytes that anybody may have written.
#include "../container/policies.hpp"

#include <anabranch/causal.hpp>
#include <anabranch/codec/decode.hpp>
#include <anabranch/codec/encode.hpp>
#include <anabranch/container.hpp>
#include <anabranch/lattice.hpp>

#include <cstdint>
#include <set>
#include <type_traits>
#include <vector>

#include "catch.hpp"
#include "dice.hpp"

namespace {

constexpr ab::replica_id one{1}, two{2};

template <class C>
constexpr bool fills_gaps() {
  ab::causal_context<C> c;
  if (!c.insert(ab::dot{one, 3}) || !c.insert(ab::dot{one, 2}) || c.insert(ab::dot{one, 3})) return false;
  if (c.cloud().size() != 1 || c.contiguous(one) != 0 || c.last(one) != 3 || c.contains({one, 1})) return false;
  if (!(c.next(one) == ab::dot{one, 4}) || !(c.next(two) == ab::dot{two, 1})) return false;
  if (!c.insert(ab::dot_range{one, 5, 9}) || c.cloud().size() != 2 || c.count() != 7) return false;
  if (!c.insert(ab::dot{one, 4}) || c.cloud().size() != 1) return false;
  if (!c.insert(ab::dot{one, 1}) || !c.cloud().empty() || c.contiguous(one) != 9) return false;
  if (c.insert(ab::dot{one, 0}) || c.contains({two, 1})) return false;

  ab::causal_context<C> d;
  d.insert(ab::dot_range{one, 4, 12});
  d.insert(ab::dot{two, 7});
  if (!d.difference(c).contains({one, 10}) || d.difference(c).count() != 4 || !c.difference(d).contains({one, 3}))
    return false;
  if (c.leq(d) || d.leq(c)) return false;
  auto both = c;
  if (!both.join(d) || both.join(d) || !c.leq(both) || !d.leq(both)) return false;
  auto const bytes = ab::encode(both);
  auto const back = ab::decode<ab::causal_context<C>>(bytes);
  return back && *back == both && both.contiguous(one) == 12 && both.last(two) == 7 && both.contiguous(two) == 0;
}
static_assert(fills_gaps<ab::hash_containers>());
static_assert(fills_gaps<ab::flat_containers>());
static_assert(fills_gaps<ab::fixed_containers<4>>());

using model = std::set<ab::dot>;

}  // namespace

TEMPLATE_LIST_TEST_CASE("a context is a set of dots", "[causal][R49]", container::growing) {
  using context = ab::causal_context<TestType>;
  STATIC_REQUIRE(ab::join_semilattice<context>);
  dice roll;
  for (int round = 0; round < 300; ++round) {
    context a, b;
    model x, y;
    auto const replicas = 1 + roll(round % 2 == 0 ? 3 : 40);
    auto const fill = [&](context& c, model& m) {
      for (auto n = roll(60); n > 0; --n) {
        auto const first = 1 + roll(20);
        ab::dot_range const r{{roll(replicas)}, first, first + roll(4)};
        bool fresh = false;
        for (auto i = r.first; i <= r.last; ++i) fresh = m.insert({r.from, i}).second || fresh;
        REQUIRE(c.insert(r) == fresh);
      }
    };
    fill(a, x);
    fill(b, y);
    auto const holds = [](context const& c, model const& m) {
      model found;
      c.each_dot([&](ab::dot d) { found.insert(d); });
      return found == m && c.count() == m.size();
    };
    REQUIRE(holds(a, x));
    for (std::uint64_t i = 0; i < 10; ++i)
      REQUIRE(a.contains({{i % replicas}, 1 + i * 2}) == (x.count({{i % replicas}, 1 + i * 2}) == 1));
    model less;
    for (auto const& d : x)
      if (y.count(d) == 0) less.insert(d);
    REQUIRE(holds(a.difference(b), less));
    REQUIRE(a.leq(b) == less.empty());
    auto both = a;
    auto either = x;
    either.insert(y.begin(), y.end());
    REQUIRE(both.join(b) == (either != x));
    REQUIRE(holds(both, either));
    context rebuilt;
    both.decompose([&](context const& part) {
      REQUIRE(part.count() == 1);
      rebuilt.join(part);
    });
    REQUIRE(rebuilt == both);  // one form for each set
    auto const back = ab::decode<context>(ab::encode(both));
    REQUIRE(back);
    REQUIRE(*back == both);
  }
}

TEST_CASE("bytes of a context are taken in one form only", "[causal][R49]") {
  auto const taken = [](std::vector<unsigned> all) {
    ab::bytes in;
    for (auto const b : all) in.push_back(std::byte(b));
    return static_cast<bool>(ab::decode<ab::causal_context<>>(in));
  };
  CHECK(taken({0, 0}));
  CHECK(taken({1, 1, 5, 1, 1, 7, 2}));        // 1: up to 5, and 7 to 9
  CHECK_FALSE(taken({1, 1, 5, 1, 1, 6, 2}));  // no gap
  CHECK_FALSE(taken({1, 1, 5, 1, 1, 3, 2}));  // seen already
  CHECK_FALSE(taken({0, 1, 1, 1, 2}));        // from 1 on: belongs into the vector
  CHECK_FALSE(taken({0, 1, 1, 0, 2}));        // there is no dot 0
  CHECK(taken({0, 2, 1, 3, 0, 1, 5, 0}));
  CHECK_FALSE(taken({0, 2, 1, 5, 0, 1, 3, 0}));  // descends
  CHECK_FALSE(taken({0, 2, 1, 3, 0, 1, 4, 0}));  // touches
  CHECK_FALSE(taken({2, 2, 1, 0, 1, 0}));        // the same replica twice
  CHECK_FALSE(taken({1, 1, 0, 0}));              // none is nothing
  CHECK_FALSE(taken({255, 255, 255, 255, 15}));  // more than there are bytes
  CHECK_FALSE(taken({0, 255, 255, 255, 255, 15}));
  CHECK_FALSE(taken({1, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 0}));  // beyond 64 bits
}

TEST_CASE("numbers that nobody reaches are refused, and don't wrap", "[causal][R49]") {
  constexpr std::uint64_t last = INT64_MAX;
  auto const reads = [](auto const& value) {
    return ab::decode<std::remove_cvref_t<decltype(value)>>(ab::encode(value));
  };
  ab::causal_context<> c;
  c.insert(ab::dot_range{one, 1, last - 1});
  CHECK(reads(c));
  c.insert(ab::dot{one, last + 1});
  CHECK(c.last(one) == last + 1);
  CHECK_FALSE(reads(c));
  c.insert(ab::dot{one, UINT64_MAX});
  CHECK(c.last(one) == UINT64_MAX);
  c.insert(ab::dot{two, 7});
  CHECK(c.last(one) == UINT64_MAX);
  CHECK_FALSE(reads(c));

  ab::causal_context<> beyond;  // in the vector
  beyond.insert(ab::dot_range{one, 1, last + 1});
  CHECK_FALSE(reads(beyond));
  ab::version_vector<> v;
  v.raise(one, last);
  CHECK(reads(v));
  v.raise(one, UINT64_MAX);
  CHECK_FALSE(reads(v));
}

TEST_CASE("a version vector can't tell of what lies beyond a gap", "[causal][R49]") {
  ab::version_vector<> v, w;
  CHECK(v.raise(one, 3));
  CHECK_FALSE(v.raise(one, 2));
  CHECK(v.contains({one, 3}));
  CHECK_FALSE(v.contains({one, 4}));
  w.raise(two, 1);
  CHECK_FALSE(v.leq(w));
  CHECK(v.join(w));
  CHECK(w.leq(v));
  CHECK(v.size() == 2);
  auto const back = ab::decode<ab::version_vector<>>(ab::encode(v));
  REQUIRE(back);
  CHECK(*back == v);
  CHECK(ab::encode(v).size() == 5);  // a byte a number
}

TEST_CASE("identities are of one life", "[causal][R49]") {
  constexpr auto r = ab::replica(7, 1);
  STATIC_REQUIRE(r.number() == 7);
  STATIC_REQUIRE(r.incarnation() == 1);
  STATIC_REQUIRE(r.reborn(2).number() == 7);
  STATIC_REQUIRE(!(r.reborn(2) == r));
  STATIC_REQUIRE(ab::replica(r.id()) == r);
}

TEST_CASE("one dot takes sixteen bytes, more take a heap", "[causal][R49]") {
  STATIC_REQUIRE(sizeof(ab::dot_set<>) == 16);
  container::arena.given = container::arena.taken = 0;
  {
    ab::dot_set<container::in_arena> s;
    s.insert({one, 5});
    CHECK(container::arena.given == 0);
    s.insert({two, 1});
    s.insert({one, 2});
    CHECK_FALSE(s.insert({one, 2}));
    auto copy = s;
    CHECK(copy == s);
    auto moved = std::move(copy);
    CHECK(moved.size() == 3);
    CHECK(moved.erase({one, 5}));
    CHECK(moved.erase({one, 2}));
    CHECK(moved.size() == 1);
    CHECK(moved[0] == ab::dot{two, 1});
    CHECK(container::arena.given > 0);
    s = moved;
    CHECK(s == moved);
  }
  CHECK(container::arena.given == container::arena.taken);
}
