#include "catch.hpp"

#include <anabranch/codec/types/map.hpp>
#include <anabranch/codec/types/set.hpp>
#include <anabranch/container/flat.hpp>
#include <anabranch/crdt/add_wins_set.hpp>
#include <anabranch/lattice.hpp>
#include <anabranch/testing/model_checker.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

using ab::testing::operation;

namespace {

std::string account(ab::testing::verdict const& v) { return std::string(v.account()); }

// What a set of 1 and 2 is meant to be where an add beats a removal at the same time. The kinds: add 1, add 2, remove 1, clear.
struct add_wins_intent {
  static std::set<int> expected(ab::testing::known_operations const& known) {
    std::set<int> all;
    for (auto const& add : known) {
      if (add.kind > 1) continue;
      auto const takes_it = [&add](auto const& o) {
        return (o.kind == 3 || (o.kind == 2 && add.kind == 0)) && o.saw(add);
      };
      if (std::none_of(known.begin(), known.end(), takes_it)) all.insert(add.kind == 0 ? 1 : 2);
    }
    return all;
  }
};

template <class Set>
struct four_kinds : add_wins_intent {
  using state = Set;
  static constexpr auto operations() {
    return std::tuple(operation{"add(#, 1)", [](state& s, ab::replica r) { return s.add(r, 1); }},
                      operation{"add(#, 2)", [](state& s, ab::replica r) { return s.add(r, 2); }},
                      operation{"remove(1)", [](state& s) { return s.remove(1); }},
                      operation{"clear()", [](state& s) { return s.clear(); }});
  }
  static std::set<int> observed(state const& s) {
    std::set<int> all;
    s.each([&](int v) { all.insert(v); });
    return all;
  }
};

// What the faulty ones below don't get wrong.
template <class Whole>
struct hardly_a_lattice {
  bool leq(Whole const& o) const {
    auto both = o;
    both.join(self());
    return both == o;
  }
  Whole difference(Whole const& o) const { return leq(o) ? Whole{} : self(); }
  template <class F>
  void decompose(F f) const {
    f(self());
  }
  Whole const& self() const { return static_cast<Whole const&>(*this); }
};

// Converges, and passes all laws.
struct always_empty : hardly_a_lattice<always_empty> {
  std::uint8_t nothing = 0;
  static constexpr auto fields() { return ab::fields(&always_empty::nothing); }
  bool join(always_empty const&) { return false; }
  always_empty add(ab::replica, int) { return {}; }
  always_empty remove(int) { return {}; }
  always_empty clear() { return {}; }
  template <class F>
  void each(F) const {}
  friend bool operator==(always_empty const&, always_empty const&) { return true; }
};

// Forgets that something was removed.
struct grows : hardly_a_lattice<grows> {
  std::set<int> all;
  static constexpr auto fields() { return ab::fields(&grows::all); }
  bool join(grows const& o) {
    auto const before = all.size();
    all.insert(o.all.begin(), o.all.end());
    return all.size() != before;
  }
  grows add(ab::replica, int v) {
    all.insert(v);
    grows d;
    d.all = {v};
    return d;
  }
  grows remove(int v) {
    all.erase(v);
    return {};
  }
  grows clear() {
    all.clear();
    return {};
  }
  template <class F>
  void each(F f) const {
    for (int v : all) f(v);
  }
  friend bool operator==(grows const& a, grows const& b) { return a.all == b.all; }
};

// Dots under a bare version vector: what comes late counts as removed.
struct bare_vector : hardly_a_lattice<bare_vector> {
  using dot = std::pair<std::uint64_t, std::uint64_t>;
  std::map<int, std::set<dot>> dots;
  std::map<std::uint64_t, std::uint64_t> seen;
  static constexpr auto fields() { return ab::fields(&bare_vector::dots, &bare_vector::seen); }

  static bool covers(bare_vector const& s, dot d) {
    auto const at = s.seen.find(d.first);
    return at != s.seen.end() && at->second >= d.second;
  }
  static bool has(bare_vector const& s, int v, dot d) {
    auto const at = s.dots.find(v);
    return at != s.dots.end() && at->second.count(d) != 0;
  }
  bool join(bare_vector const& o) {
    bare_vector both;
    for (bare_vector const* mine : {static_cast<bare_vector const*>(this), &o}) {
      auto const& other = mine == this ? o : *this;
      for (auto const& [v, ds] : mine->dots)
        for (auto d : ds)
          if (has(other, v, d) || !covers(other, d)) both.dots[v].insert(d);
      for (auto [r, n] : mine->seen) both.seen[r] = std::max(both.seen[r], n);
    }
    bool const grew = !(both == *this);
    *this = both;
    return grew;
  }
  bare_vector add(ab::replica r, int v) {
    bare_vector d;
    auto const id = r.id().value;
    d.seen[id] = seen[id] + 1;
    d.dots[v] = {dot(id, d.seen[id])};
    dots[v] = d.dots[v];
    seen[id] = d.seen[id];
    return d;
  }
  bare_vector remove(int v) {
    bare_vector d;
    for (auto const& at : dots[v]) d.seen[at.first] = std::max(d.seen[at.first], at.second);
    dots.erase(v);
    return d;
  }
  bare_vector clear() {
    dots.clear();
    bare_vector d;
    d.seen = seen;
    return d;
  }
  template <class F>
  void each(F f) const {
    for (auto const& entry : dots) f(entry.first);
  }
  friend bool operator==(bare_vector const& a, bare_vector const& b) { return a.dots == b.dots && a.seen == b.seen; }
};

// A register whose equal stamps keep what is there: replicas differ for ever.
struct keeps_own : hardly_a_lattice<keeps_own> {
  std::uint64_t stamp = 0;
  int value = 0;
  static constexpr auto fields() { return ab::fields(&keeps_own::stamp, &keeps_own::value); }
  bool join(keeps_own const& o) {
    if (o.stamp <= stamp) return false;
    *this = o;
    return true;
  }
  keeps_own assign(int v) {
    ++stamp;
    value = v;
    return *this;
  }
  friend bool operator==(keeps_own const& a, keeps_own const& b) { return a.stamp == b.stamp && a.value == b.value; }
};
struct register_intent {
  using state = keeps_own;
  static constexpr auto operations() {
    return std::tuple(operation{"assign(1)", [](state& s) { return s.assign(1); }},
                      operation{"assign(2)", [](state& s) { return s.assign(2); }});
  }
  // Any of those assigned that no other one has seen.
  struct one_of {
    std::set<int> all;
    friend bool operator==(int is, one_of const& meant) {
      return meant.all.empty() ? is == 0 : meant.all.count(is) != 0;
    }
    auto begin() const { return all.begin(); }
    auto end() const { return all.end(); }
  };
  static int observed(state const& s) { return s.value; }
  static one_of expected(ab::testing::known_operations const& known) {
    one_of open;
    for (auto const& op : known)
      if (std::none_of(known.begin(), known.end(), [&](auto const& o) { return o.saw(op); }))
        open.all.insert(static_cast<int>(op.kind) + 1);
    return open;
  }
};

// A counter whose delta is added, not joined: a message that comes twice counts twice.
struct adds : hardly_a_lattice<adds> {
  std::uint64_t n = 0;
  static constexpr auto fields() { return ab::fields(&adds::n); }
  bool join(adds const& o) { return n += o.n, o.n != 0; }
  adds increment() {
    ++n;
    adds one;
    one.n = 1;
    return one;
  }
  friend bool operator==(adds const& a, adds const& b) { return a.n == b.n; }
};
struct counter_intent {
  using state = adds;
  static constexpr auto operations() {
    return std::tuple(operation{"increment()", [](state& s) { return s.increment(); }});
  }
  static std::uint64_t observed(state const& s) { return s.n; }
  static std::uint64_t expected(ab::testing::known_operations const& known) { return known.size(); }
};

// Shows what came last, as long as something is missing: nobody else knows of just that.
struct last_to_come : hardly_a_lattice<last_to_come> {
  std::uint32_t seen = 0, last = 0;
  static constexpr auto fields() { return ab::fields(&last_to_come::seen, &last_to_come::last); }
  bool join(last_to_come const& o) {
    if ((o.seen & ~seen) == 0) return false;
    seen |= o.seen;
    last = (seen & (seen + 1)) == 0 ? 0 : o.seen;
    return true;
  }
  last_to_come next() {
    last_to_come d;
    d.seen = seen + 1;
    join(d);
    return d;
  }
  friend bool operator==(last_to_come const& a, last_to_come const& b) { return a.seen == b.seen && a.last == b.last; }
};
struct last_to_come_intent {
  using state = last_to_come;
  static constexpr auto operations() {
    return std::tuple(operation{"next()", [](state& s) { return s.next(); }});
  }
  static bool observed(state const&) { return true; }
  static bool expected(ab::testing::known_operations const&) { return true; }
};

}  // namespace

TEST_CASE("a set shows what it is meant to, whatever the network does", "[testing][model][R49][R56]") {
  auto const v = ab::check_model<four_kinds<ab::add_wins_set<int, ab::flat_containers>>>();
  INFO(account(v));
  CHECK(v);
  CHECK(account(v).find("3 replicas, 3 operations, 4 kinds") != std::string::npos);
}

TEST_CASE("the larger scope", "[.][full][R49][R56]") {
  auto const v = ab::check_model<four_kinds<ab::add_wins_set<int, ab::flat_containers>>>({3, 4, 50000000});
  INFO(account(v));
  CHECK(v);
}

TEST_CASE("the set that is always empty converges, and is caught", "[testing][model][R56]") {
  CHECK(account(ab::check_model<four_kinds<always_empty>>()).ends_with(R"(always_empty;
T s0, s1, s2;
auto const d0 = s0.add(ab::replica(1), 1);
auto const m0 = s0;
// s0 shows []
// and is meant to show [1]
)"));
}

TEST_CASE("a removal that the others don't learn of is caught", "[testing][model][R56]") {
  auto const v = account(ab::check_model<four_kinds<grows>>());
  INFO(v);
  CHECK(v.find("s0.remove(1)") != std::string::npos);
}

TEST_CASE("a late delta that a bare vector takes for removed is caught", "[testing][model][R49][R56]") {
  auto const v = account(ab::check_model<four_kinds<bare_vector>>());
  INFO(v);
  CHECK(v.find("T s0, s1, s2;\n") != std::string::npos);
  CHECK(v.find("auto const d1 = s0.add(ab::replica(1), 2);") != std::string::npos);  // its vector covers the first
}

TEST_CASE("replicas that keep their own on equal stamps are caught", "[testing][model][R49][R56]") {
  auto const v = account(ab::check_model<register_intent>());
  INFO(v);
  CHECK(v.find("knows of the same operations as") != std::string::npos);
}

TEST_CASE("a doubled message that counts twice is caught", "[testing][model][R56]") {
  auto const v = account(ab::check_model<counter_intent>());
  INFO(v);
  CHECK(v.find("a message that has arrived changes something when it comes again") != std::string::npos);
}

TEST_CASE("what depends on the way is caught, and both ways are shown", "[testing][model][R56]") {
  auto const v = account(ab::check_model<last_to_come_intent>({2, 3}));
  INFO(v);
  CHECK(v.find("s1 knows of the same operations as, after the following, s1, and isn't the same\nT s0, s1;\n") !=
        std::string::npos);
  CHECK(v.find("ab::join(s1, d0);\nab::join(s1, d2);\n") != std::string::npos);
  CHECK(v.find("ab::join(s1, d2);\nab::join(s1, d0);\n") != std::string::npos);
}

TEST_CASE("a scope that is too large is given up with a word", "[testing][model][R56]") {
  auto const v = ab::check_model<four_kinds<ab::add_wins_set<int, ab::flat_containers>>>({3, 3, 1000});
  CHECK_FALSE(v);
  CHECK(account(v).find("gave up after") == 0);
}
