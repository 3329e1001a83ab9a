// Three replicas, deltas that come late, twice, in any order or not at all, and whole states now and then: over every kind of
// containers the same as a naive specification says, and the same bytes.
#include "../container/policies.hpp"

#include <anabranch/codec/encode.hpp>
#include <anabranch/container.hpp>
#include <anabranch/crdt.hpp>

#include <array>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "dice.hpp"

namespace {

constexpr int keys = 200;

// Every add by a number of its own, and which of them somebody took away: what replicas know of them is two growing sets.
struct naive {
  std::set<std::pair<int, int>> added;
  std::set<std::pair<int, int>> gone;
  void join(naive const& o) {
    added.insert(o.added.begin(), o.added.end());
    gone.insert(o.gone.begin(), o.gone.end());
  }
  std::set<std::pair<int, int>> alive() const {
    std::set<std::pair<int, int>> all;
    for (auto const& a : added)
      if (gone.count(a) == 0) all.insert(a);
    return all;
  }
  naive take_away(int key) {
    naive d;
    for (auto const& a : alive())
      if (a.first == key) d.gone.insert(a);
    join(d);
    return d;
  }
  naive add(int key, int number, bool replace) {
    naive d;
    if (replace) d = take_away(key);
    d.added.insert({key, number});
    join(d);
    return d;
  }
};

template <class C>
struct set_case {
  using type = ab::add_wins_set<int, C>;
  static constexpr bool replaces = true;
  static auto add(type& s, ab::replica const& r, int k) { return s.add(r, k); }
  static auto remove(type& s, int k) { return s.remove(k); }
  static bool agrees(type const& s, naive const& n) {
    std::set<int> expected, found;
    for (auto const& a : n.alive()) expected.insert(a.first);
    s.each([&](int k) { found.insert(k); });
    return expected == found && s.size() == found.size();
  }
};
template <class C>
struct bag_case {
  using type = ab::bag<int, C>;
  static constexpr bool replaces = false;
  static auto add(type& s, ab::replica const& r, int k) { return s.add(r, k); }
  static auto remove(type& s, int k) { return s.remove_all(k); }
  static bool agrees(type const& s, naive const& n) {
    std::multiset<int> expected, found;
    for (auto const& a : n.alive()) expected.insert(a.first);
    s.each([&](int k, std::size_t count) {
      for (; count > 0; --count) found.insert(k);
    });
    return expected == found;
  }
};
template <class C>
struct counter_map_case {
  using type = ab::add_wins_map<int, ab::pn_counter<C>, C>;
  static constexpr bool replaces = false;
  static auto add(type& s, ab::replica const& r, int k) {
    return s.update(k, [&](auto& c) { return c.increment(r); });
  }
  static auto remove(type& s, int k) { return s.erase(k); }
  static bool agrees(type const& s, naive const& n) {
    std::multiset<int> expected, found;
    for (auto const& a : n.alive()) expected.insert(a.first);
    s.each([&](int k, auto const& c) {
      for (auto i = c.value(); i > 0; --i) found.insert(k);
    });
    return expected == found;
  }
};
// Two levels: the key's tens, and the key. Taking away is from below, or, for a tenth, of all ten.
template <class C>
struct nested_case {
  using type = ab::add_wins_map<int, ab::add_wins_set<int, C>, C>;
  static constexpr bool replaces = true;
  static auto add(type& s, ab::replica const& r, int k) {
    return s.update(k / 10, [&](auto& inner) { return inner.add(r, k); });
  }
  static auto remove(type& s, int k) {
    return s.update(k / 10, [&](auto& inner) { return inner.remove(k); });
  }
  static bool agrees(type const& s, naive const& n) {
    std::set<int> expected, found;
    for (auto const& a : n.alive()) expected.insert(a.first);
    s.each([&](int, auto const& inner) { inner.each([&](int k) { found.insert(k); }); });
    return expected == found;
  }
};

template <class Case>
ab::bytes run(std::uint64_t seed, int steps) {
  using type = typename Case::type;
  dice roll{seed};
  std::array<type, 3> states;
  std::array<naive, 3> models;
  std::array<std::vector<std::pair<type, naive>>, 3> under_way;
  for (int step = 0; step < steps; ++step) {
    auto const who = roll(3);
    auto& state = states[who];
    auto& model = models[who];
    ab::replica const me(static_cast<std::uint32_t>(who + 1));
    auto const key = static_cast<int>(roll(keys));
    type delta;
    naive said;
    switch (roll(step < steps / 2 ? 4 : 8)) {
      case 0:
      case 1:
      case 2: {
        delta = Case::add(state, me, key);
        said = model.add(key, step, Case::replaces);
        break;
      }
      case 3: {
        delta = Case::remove(state, key);
        said = model.take_away(key);
        break;
      }
      case 4: {  // a whole state
        auto const other = (who + 1 + roll(2)) % 3;
        state.join(states[other]);
        model.join(models[other]);
        break;
      }
      case 5: {  // what the other lacks, and no more
        auto const other = (who + 1 + roll(2)) % 3;
        auto const lacks = states[other].difference(state);
        auto whole = state;
        bool const grew = whole.join(states[other]);
        REQUIRE(state.join(lacks) == grew);
        REQUIRE(state == whole);
        model.join(models[other]);
        break;
      }
      default: {  // some of what is under way, perhaps again
        for (int i = 0; i < 5 && !under_way[who].empty(); ++i) {
          auto const at = roll(under_way[who].size());
          state.join(under_way[who][at].first);
          model.join(under_way[who][at].second);
          if (roll(4) != 0) under_way[who].erase(under_way[who].begin() + static_cast<std::ptrdiff_t>(at));
        }
      }
    }
    for (std::size_t other = 0; other < 3; ++other)
      if (other != who && roll(5) != 0) under_way[other].emplace_back(delta, said);
    if (step % 16 == 0) REQUIRE(Case::agrees(state, model));
  }
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t other = 0; other < 3; ++other) {
      states[i].join(states[other]);
      models[i].join(models[other]);
    }
  }
  states[0].join(states[2]);
  models[0].join(models[2]);
  states[1].join(states[0]);
  CHECK(states[0] == states[2]);
  CHECK(states[0] == states[1]);
  CHECK(Case::agrees(states[0], models[0]));
  CHECK(Case::agrees(states[2], models[0]));
  return ab::encode(states[0]);
}

template <template <class> class Case>
void same_everywhere() {
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    auto const bytes = run<Case<ab::hash_containers>>(seed, 1000);
    CHECK(run<Case<ab::flat_containers>>(seed, 1000) == bytes);
    CHECK(run<Case<ab::node_containers>>(seed, 1000) == bytes);
    CHECK(run<Case<container::in_arena>>(seed, 1000) == bytes);
  }
}

}  // namespace

TEST_CASE("add-wins sets converge to what was meant", "[crdt][R49]") { same_everywhere<set_case>(); }
TEST_CASE("bags converge to what was meant", "[crdt][R49]") { same_everywhere<bag_case>(); }
TEST_CASE("maps of counters converge to what was meant", "[crdt][R49]") { same_everywhere<counter_map_case>(); }
TEST_CASE("maps of sets converge to what was meant", "[crdt][R49]") { same_everywhere<nested_case>(); }
