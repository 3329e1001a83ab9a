// What goes wrong in others' libraries, one test each.
#include <anabranch/codec/decode.hpp>
#include <anabranch/codec/encode.hpp>
#include <anabranch/container.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/lattice.hpp>

#include <string>
#include <vector>

#include "catch.hpp"

namespace {

auto const anna = ab::replica(1), ben = ab::replica(2), cleo = ab::replica(3);

}  // namespace

TEST_CASE("deltas out of order delete nothing that they shouldn't", "[crdt][R49]") {
  // Over a bare version vector the second delta would say "I have seen 1 and 2", and take the first element away.
  ab::add_wins_set<int> a, b;
  auto const first = a.add(anna, 1), second = a.add(anna, 2), third = a.add(anna, 3);
  b.join(third);
  b.join(second);
  CHECK(b.contains(2));
  CHECK(b.context().cloud().size() == 1);  // 2 and 3, beyond the gap
  b.join(first);
  CHECK(b == a);
  CHECK(b.context().cloud().empty());
  b.join(second);  // again
  CHECK(b == a);
}

TEST_CASE("present on both sides is not present, where each removed what the other kept", "[crdt][R49]") {
  ab::add_wins_set<int> a, b;
  a.add(anna, 7);
  b.add(ben, 7);
  auto const before_a = a, before_b = b;
  a.join(before_b);  // both dots
  b.join(before_a);
  // Each removes, then adds again: the two sets hold 7 by different dots, and each has removed the other's old ones.
  auto only_a = a, only_b = b;
  only_a.remove(7);
  only_b.remove(7);
  auto merged = only_a;
  merged.join(only_b);
  CHECK_FALSE(merged.contains(7));
  // 7 on both sides, by dots that the other side has removed.
  ab::add_wins_set<int> x, y;
  x.add(anna, 7);
  y = x;
  auto const more = y.add(ben, 7);  // y: ben's dot, anna's replaced
  ab::add_wins_set<int> z = x;      // z: anna's dot
  z.join(ab::add_wins_set<int>(more));
  auto gone = z;
  gone.remove(7);
  x.join(gone);
  CHECK_FALSE(x.contains(7));
  y.join(x);
  CHECK_FALSE(y.contains(7));
}

TEST_CASE("equal stamps with different values agree", "[crdt][R49]") {
  ab::lww_register<std::string> a, b;
  auto const from_a = a.set({5}, "apple"), from_b = b.set({5}, "berry");
  a.join(from_b);
  b.join(from_a);
  CHECK(a == b);
  CHECK(a.value() == "berry");

  ab::lww_map<int, int> m, n;
  auto const erased = m.erase({5}, 1);
  auto const set = n.set({5}, 1, 9);
  m.join(set);
  n.join(erased);
  CHECK(m == n);
  CHECK(m.contains(1));

  ab::lww_set<int> s, t;
  auto const added = s.add({5}, 1);
  auto const removed = t.remove({5}, 1);
  s.join(removed);
  t.join(added);
  CHECK(s == t);
  CHECK(s.contains(1));
}

TEST_CASE("an identity that is used again after a restore is refused", "[crdt][R49]") {
  ab::add_wins_set<int> phone, cloud;
  cloud.join(phone.add(anna, 1));
  auto const backup = phone;
  cloud.join(phone.add(anna, 2));
  phone = backup;  // restored: and now it would give out the same dot again
  auto const r = ab::receive(anna, phone, cloud);
  REQUIRE_FALSE(r);
  CHECK(r.error() == ab::errc::identity_reused);
  CHECK(phone == backup);

  auto const again = anna.reborn(1);
  CHECK_FALSE(again == anna);
  CHECK(ab::receive(again, phone, cloud));
  cloud.join(phone.add(again, 3));
  CHECK(cloud.contains(3));
  CHECK(cloud == phone);

  // Counters are detected the same way, and structs of states by their fields.
  struct votes {
    ab::pn_counter<> yes;
    ab::g_counter<> no;
  };
  votes mine, theirs;
  theirs.no.increment(anna);
  auto const v = ab::receive(anna, mine, theirs);
  REQUIRE_FALSE(v);
  CHECK(v.error() == ab::errc::identity_reused);
  CHECK(ab::receive(ben, mine, theirs));
  CHECK(mine.no.value() == 1);
}

TEST_CASE("two values under one dot agree all the same", "[crdt][R49]") {
  ab::mv_register<int> a, b;
  a.set(anna, 1);
  b.set(anna, 2);  // the same identity, used twice
  auto c = a;
  c.join(b);
  b.join(a);
  CHECK(c == b);
}

TEST_CASE("a removal that comes before its add is not dropped", "[crdt][R49]") {
  ab::add_wins_set<int> a, b, c;
  auto const add = a.add(anna, 7);
  b.join(add);
  auto const remove = b.remove(7);
  c.join(remove);
  c.join(add);
  CHECK_FALSE(c.contains(7));
  a.join(remove);
  CHECK(a == c);
}

TEMPLATE_TEST_CASE("counters in maps are reset by what was seen, exactly", "[crdt][R49]", ab::g_counter<>,
                   ab::pn_counter<>, ab::resettable_counter<>) {
  ab::add_wins_map<std::string, TestType> a, b;
  a.update("x", [](auto& c) { return c.increment(anna, 5); });
  b.join(a);
  auto const more = b.update("x", [](auto& c) { return c.increment(ben, 2); });
  auto const mine = b.update("x", [](auto& c) { return c.increment(anna, 0); });
  auto const erased = a.erase("x");
  a.join(more);
  b.join(erased);
  CHECK(a == b);
  CHECK(a["x"].value() == 2);
  CHECK(mine.is_bottom());
  // The eraser's own counts go on from nothing.
  b.join(a.update("x", [](auto& c) { return c.increment(anna, 1); }));
  CHECK(b["x"].value() == 3);
  b.join(a.erase("x"));
  CHECK_FALSE(b.contains("x"));
  CHECK(b["x"].value() == 0);
}

template <class T>
concept goes_down = requires(T& t) { t.decrement(anna); };
template <class T>
concept resets = requires(T& t) { t.reset(); };

TEST_CASE("a counter in a map does what it does elsewhere, and isn't taken for another", "[crdt][R49]") {
  using up = ab::add_wins_map<int, ab::g_counter<>>;
  using both = ab::add_wins_map<int, ab::pn_counter<>>;
  using all = ab::add_wins_map<int, ab::resettable_counter<>>;
  STATIC_REQUIRE(!goes_down<up::inner> && !resets<up::inner>);
  STATIC_REQUIRE(goes_down<both::inner> && !resets<both::inner>);
  STATIC_REQUIRE(goes_down<all::inner> && resets<all::inner>);
  STATIC_REQUIRE(ab::merge_fingerprint<up> != ab::merge_fingerprint<both>);
  STATIC_REQUIRE(ab::merge_fingerprint<both> != ab::merge_fingerprint<all>);
  STATIC_REQUIRE(ab::merge_fingerprint<up> != ab::merge_fingerprint<all>);
}

TEST_CASE("what one replica counts while another resets stays, exactly", "[crdt][R49]") {
  // One entry a replica would be smaller, and bring back with its next count what the reset had seen.
  ab::add_wins_map<int, ab::g_counter<>> a, b;
  auto const count = [](auto& map, std::uint64_t n) {
    return map.update(1, [&](auto& c) { return c.increment(anna, n); });
  };
  count(a, 5);
  b.join(a);
  auto const erased = b.erase(1);
  auto const more = count(a, 2);
  a.join(erased);
  b.join(more);
  CHECK(a == b);
  CHECK(a[1].value() == 2);
}

TEST_CASE("values don't come back from under an erased key", "[crdt][R49]") {
  using inner = ab::add_wins_map<int, ab::add_wins_set<int>>;
  ab::add_wins_map<int, inner> a, b;
  auto const add = [](auto& map, ab::replica const& who, int value) {
    return map.update(1, [&](auto& m) { return m.update(2, [&](auto& s) { return s.add(who, value); }); });
  };
  add(a, anna, 10);
  b.join(a);
  auto const erased = a.erase(1);
  b.join(erased);
  b.join(add(a, anna, 11));
  CHECK(b[1][2].contains(11));
  CHECK_FALSE(b[1][2].contains(10));
  // What was in flight meanwhile stays.
  auto c = a;
  auto const more = add(c, cleo, 12);
  a.erase(1);
  a.join(more);
  CHECK(a[1][2].contains(12));
  CHECK_FALSE(a[1][2].contains(11));
}

TEST_CASE("what was seen under one key removes nothing under another", "[crdt][R49]") {
  ab::add_wins_map<int, ab::mv_register<int>> a, b;
  a.update(1, [](auto& r) { return r.set(anna, 1); });
  a.update(2, [](auto& r) { return r.set(anna, 2); });
  b.join(a);
  auto const d = a.erase(1);
  b.join(d);
  CHECK_FALSE(b.contains(1));
  REQUIRE(b.contains(2));
  CHECK(*b[2].first() == 2);
  auto const e = a.update(2, [](auto& r) { return r.clear(); });
  b.join(e);
  CHECK(b.empty());
}

TEST_CASE("removed keys return", "[crdt][R49]") {
  ab::add_wins_map<std::string, ab::lww_register<int>> a, b;
  a.update("volume", [](auto& r) { return r.set(anna, ab::timestamp{1}, 5); });
  b.join(a);
  a.join(b.erase("volume"));
  CHECK_FALSE(a.contains("volume"));
  b.join(a.update("volume", [](auto& r) { return r.set(anna, ab::timestamp{0}, 3); }));  // an earlier stamp, too
  REQUIRE(b.contains("volume"));
  CHECK(b["volume"].value() == 3);
}

TEST_CASE("a copy shares nothing with what it was copied from", "[crdt][R49]") {
  ab::add_wins_set<int> a;
  a.add(anna, 1);
  auto b = a;
  b.add(ben, 2);
  b.remove(1);
  CHECK(a.contains(1));
  CHECK_FALSE(a.contains(2));
  CHECK(a.context().last(ben.id()) == 0);
}

TEST_CASE("a list is in order after many insertions on one replica", "[crdt][R49]") {
  ab::ordered_list<int> a;
  std::vector<int> expected;
  std::uint64_t seed = 1;
  for (int i = 0; i < 2000; ++i) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    // Mostly at the ends and at one place, where paths get long.
    auto const at = i % 3 == 0 ? 0U : i % 3 == 1 ? expected.size() : (seed >> 33U) % (expected.size() + 1) / 2;
    a.insert(anna, at, i);
    expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(at), i);
  }
  std::vector<int> found;
  a.each([&](int v) { found.push_back(v); });
  CHECK(found == expected);
}

TEST_CASE("bytes from a stranger are a state or an error", "[crdt][R49]") {
  ab::add_wins_map<std::string, ab::add_wins_set<int>> m;
  m.update("a", [](auto& s) { return s.add(anna, 1); });
  m.update("b", [](auto& s) { return s.add(ben, 2); });
  m.update("b", [](auto& s) { return s.add(ben, 3); });
  m.erase("a");
  m.update("c", [](auto& s) { return s.add(cleo, 4); });
  auto const good = ab::encode(m);
  using type = decltype(m);
  REQUIRE(ab::decode<type>(good));
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < good.size(); ++i) {
    CHECK_FALSE(ab::decode<type>(ab::bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(i))));
    for (unsigned bit = 0; bit < 8; ++bit) {
      auto bad = good;
      bad[i] ^= std::byte(1U << bit);
      auto const r = ab::decode<type>(bad);
      if (!r) continue;
      ++accepted;
      CHECK(ab::encode(*r) == bad);  // what is taken has one form
      auto merged = m;
      merged.join(*r);
      CHECK(merged.context().contains({ben.id(), 2}));
    }
  }
  CHECK(accepted > 0);
}

TEST_CASE("a dot that lives unseen, or twice, is refused", "[crdt][R49]") {
  using set = ab::add_wins_set<std::uint8_t>;
  auto const raw = [](std::vector<unsigned> all) {
    ab::bytes in;
    for (auto const b : all) in.push_back(std::byte(b));
    return ab::decode<set>(in);
  };
  // one element: 9, its dots: one, (1, 1); seen: one replica, 1, up to 1; no cloud
  CHECK(raw({1, 0, 0, 0, 9, 1, 1, 1, 1, 1, 1, 0}));
  CHECK_FALSE(raw({1, 0, 0, 0, 9, 1, 1, 2, 1, 1, 1, 0}));              // (1, 2) wasn't seen
  CHECK_FALSE(raw({1, 0, 0, 0, 9, 0, 1, 1, 1, 0}));                    // an element without dots
  CHECK_FALSE(raw({2, 0, 0, 0, 8, 1, 1, 1, 9, 1, 1, 1, 1, 1, 1, 0}));  // two elements by one dot
  CHECK_FALSE(raw({1, 0, 0, 0, 9, 1, 1, 1, 1, 1, 1, 1, 1, 2, 0}));     // a cloud that touches the vector
  CHECK(raw({1, 0, 0, 0, 9, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0}));
  CHECK_FALSE(raw({1, 0, 0, 0, 9, 1, 1, 1, 1, 1, 129, 0, 0}));  // a number that isn't in its shortest form
  CHECK_FALSE(raw({0, 0, 0, 0, 1, 1, 0, 0}));                   // a count of none
}

TEST_CASE("a change that throws leaves no key without a value", "[crdt][R49]") {
  using set = ab::add_wins_set<int>;
  auto const check = [](auto map) {
    using inner = typename decltype(map)::inner;
    CHECK_THROWS_AS(map.update("x", [](inner&) -> inner { throw 1; }), int);
    CHECK(map.empty());
    CHECK_FALSE(map.contains("x"));
    CHECK(ab::decode<decltype(map)>(ab::encode(map)));
  };
  check(ab::add_wins_map<std::string, set>());
  check(ab::add_wins_map<std::string, ab::add_wins_set<int, ab::flat_containers>, ab::flat_containers>());
  check(ab::add_wins_map<std::string, ab::enable_wins_flag<>>());
}

TEST_CASE("a place in a list that became free is not taken again", "[crdt][R49]") {
  ab::ordered_list<std::string> a, b;
  b.join(a.push_back(anna, "old"));
  auto const late = a.erase(0);
  b.join(a.push_back(anna, "new"));
  REQUIRE(b.size() == 2);
  auto const gone = b.erase(0);  // the old one, which is all that is meant
  a.join(gone);
  b.join(late);
  REQUIRE(a.size() == 1);
  CHECK(a[0] == "new");
  CHECK(a == b);
}

TEST_CASE("lists that grow at either end, or at one place, keep short positions", "[crdt][R49]") {
  auto const deepest = [](auto const& where) {
    ab::ordered_list<int> list;
    list.push_back(anna, -1);
    list.push_back(anna, -2);
    for (int i = 0; i < 1000; ++i) list.insert(anna, where(list.size()), i);
    std::size_t depth = 0;
    for (auto const& e : list.store())
      if (e.key.depth() > depth) depth = e.key.depth();
    return depth;
  };
  CHECK(deepest([](std::size_t) { return std::size_t{0}; }) == 1);
  CHECK(deepest([](std::size_t n) { return n; }) == 1);
  CHECK(deepest([](std::size_t) { return std::size_t{1}; }) == 2);
  CHECK(deepest([](std::size_t n) { return n - 1; }) == 2);
}

TEST_CASE("counters stop at their greatest number, and don't fall", "[crdt][R49]") {
  auto const check = [](auto counter) {
    auto other = counter;
    other.join(counter.increment(anna, 5));
    other.join(counter.increment(anna, UINT64_MAX));
    CHECK(counter == other);
    CHECK(*ab::decode<decltype(counter)>(ab::encode(counter)) == counter);
  };
  check(ab::g_counter<>());
  check(ab::pn_counter<>());
  check(ab::resettable_counter<>());
  check(ab::bounded_counter<>());
}

TEST_CASE("a reused identity is noticed by any of its counts", "[crdt][R49]") {
  ab::pn_counter<> restored;
  restored.increment(anna, 3);
  auto lived_on = restored;
  CHECK_FALSE(ab::receive(anna, restored, lived_on.decrement(anna, 2)));
  ab::resettable_counter<> empty, full;
  full.increment(anna, 5);
  CHECK_FALSE(ab::receive(anna, empty, full.reset()));  // what is counted from here on would be reset, too
  ab::bounded_counter<> few, spent;
  few.increment(anna, 5);
  spent = few;
  auto const taken = spent.decrement(anna, 2);
  REQUIRE(taken);
  CHECK_FALSE(ab::receive(anna, few, *taken));
}
