// What types over dots are meant to show, in every interleaving of three operations on three replicas whose messages are lost,
// doubled and overtake each other.
#include "intent.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace intent {

template <class C>
struct of<ab::causal_counter<C>> : until_reset<ab::causal_counter<C>> {};

template <class C>
struct of<ab::causal_lww_register<item, tick, C>> {
  using state = ab::causal_lww_register<item, tick, C>;
  static constexpr auto operations() {
    return std::tuple(operation{"set(#, {1}, 1)", [](state& s, ab::replica r) { return s.set(r, {1}, 1); }},
                      operation{"set(#, {1}, 2)", [](state& s, ab::replica r) { return s.set(r, {1}, 2); }},
                      operation{"set(#, {2}, 0)", [](state& s, ab::replica r) { return s.set(r, {2}, 0); }},
                      operation{"set(#, {2}, 1)", [](state& s, ab::replica r) { return s.set(r, {2}, 1); }});
  }
  static std::optional<int> observed(state const& s) {
    if (!s.has_value()) return std::nullopt;
    return s.value();
  }
  static std::optional<int> expected(known_operations const& known) {
    constexpr std::array<std::pair<int, int>, 4> writes{{{1, 1}, {1, 2}, {2, 0}, {2, 1}}};
    std::optional<std::pair<int, int>> last;
    for (auto const& o : known)
      if (!last || *last < writes[o.kind]) last = writes[o.kind];
    if (!last) return std::nullopt;
    return last->second;
  }
};

// Every write that nobody has seen and written, or cleared, since.
template <class C>
struct of<ab::mv_register<item, C>> {
  using state = ab::mv_register<item, C>;
  static constexpr auto operations() {
    return std::tuple(operation{"set(#, 1)", [](state& s, ab::replica r) { return s.set(r, 1); }},
                      operation{"set(#, 2)", [](state& s, ab::replica r) { return s.set(r, 2); }},
                      operation{"set(#, 3)", [](state& s, ab::replica r) { return s.set(r, 3); }},
                      operation{"clear()", [](state& s) { return s.clear(); }});
  }
  static std::multiset<int> observed(state const& s) {
    std::multiset<int> all;
    s.each([&](int v) { all.insert(v); });
    return all;
  }
  static std::multiset<int> expected(known_operations const& known) {
    std::multiset<int> all;
    for (auto const& o : known)
      if (o.kind != 3 && !seen_by(known, o, [](auto const&) { return true; })) all.insert(static_cast<int>(o.kind) + 1);
    return all;
  }
};

// On where somebody enabled it, and nobody who knew of that has disabled it.
template <class C>
struct of<ab::enable_wins_flag<C>> {
  using state = ab::enable_wins_flag<C>;
  static constexpr auto operations() {
    return std::tuple(operation{"enable(#)", [](state& s, ab::replica r) { return s.enable(r); }},
                      operation{"disable()", [](state& s) { return s.disable(); }});
  }
  static bool observed(state const& s) { return s.value(); }
  static bool expected(known_operations const& known) {
    return any(known, [&](auto const& on) {
      return on.kind == 0 && !seen_by(known, on, [](auto const& off) { return off.kind == 1; });
    });
  }
};
// Off where somebody disabled it, and nobody who knew of that has said anything since.
template <class C>
struct of<ab::disable_wins_flag<C>> {
  using state = ab::disable_wins_flag<C>;
  static constexpr auto operations() {
    return std::tuple(operation{"enable(#)", [](state& s, ab::replica r) { return s.enable(r); }},
                      operation{"disable(#)", [](state& s, ab::replica r) { return s.disable(r); }});
  }
  static bool observed(state const& s) { return s.value(); }
  static bool expected(known_operations const& known) {
    bool on = false, off = false;
    for (auto const& o : known)
      if (!seen_by(known, o, [](auto const&) { return true; })) (o.kind == 0 ? on : off) = true;
    return on && !off;
  }
};

// There while an add is that nobody who knew of it has taken away.
template <class C>
struct of<ab::add_wins_set<item, C>> {
  using state = ab::add_wins_set<item, C>;
  static constexpr auto operations() {
    return std::tuple(operation{"add(#, 1)", [](state& s, ab::replica r) { return s.add(r, 1); }},
                      operation{"add(#, 2)", [](state& s, ab::replica r) { return s.add(r, 2); }},
                      operation{"remove(1)", [](state& s) { return s.remove(1); }},
                      operation{"clear()", [](state& s) { return s.clear(); }});
  }
  static std::set<int> observed(state const& s) { return elements(s); }
  static std::set<int> expected(known_operations const& known) {
    std::set<int> all;
    for (auto const& add : known) {
      auto const takes_it = [&add](auto const& o) { return o.kind == 3 || (o.kind == 2 && add.kind == 0); };
      if (add.kind < 2 && !seen_by(known, add, takes_it)) all.insert(static_cast<int>(add.kind) + 1);
    }
    return all;
  }
};
// Gone while a removal is after which nobody who knew of it has added.
template <class C>
struct of<ab::remove_wins_set<item, C>> {
  using state = ab::remove_wins_set<item, C>;
  static constexpr auto operations() {
    return std::tuple(operation{"add(#, 1)", [](state& s, ab::replica r) { return s.add(r, 1); }},
                      operation{"add(#, 2)", [](state& s, ab::replica r) { return s.add(r, 2); }},
                      operation{"remove(#, 1)", [](state& s, ab::replica r) { return s.remove(r, 1); }},
                      operation{"remove(#, 2)", [](state& s, ab::replica r) { return s.remove(r, 2); }});
  }
  static std::set<int> observed(state const& s) { return elements(s); }
  static std::set<int> expected(known_operations const& known) {
    std::set<int> added, removed;
    for (auto const& o : known) {
      auto const same = [&o](auto const& later) { return later.kind % 2 == o.kind % 2; };
      if (!seen_by(known, o, same)) (o.kind < 2 ? added : removed).insert(static_cast<int>(o.kind % 2) + 1);
    }
    for (int const gone : removed) added.erase(gone);
    return added;
  }
};

// Each removal takes one that was there, that of the first replica of those that it saw; each is taken once.
template <class C>
struct of<ab::bag<item, C>> {
  using state = ab::bag<item, C>;
  static constexpr bool names_matter = true;
  static constexpr auto operations() {
    return std::tuple(operation{"add(#, 1)", [](state& s, ab::replica r) { return s.add(r, 1); }},
                      operation{"add(#, 2)", [](state& s, ab::replica r) { return s.add(r, 2); }},
                      operation{"remove(1)", [](state& s) { return s.remove(1); }},
                      operation{"remove_all(1)", [](state& s) { return s.remove_all(1); }});
  }
  static std::map<int, std::size_t> observed(state const& s) {
    std::map<int, std::size_t> all;
    s.each([&](int v, std::size_t n) { all[v] = n; });
    return all;
  }
  // The adds of 1 that are left, by replica and number.
  using adds = std::set<std::pair<std::size_t, std::size_t>>;
  static adds left(known_operations const& known) {
    adds all;
    for (auto const& o : known)
      if (o.kind == 0) all.insert({o.replica, o.number});
    for (auto const& o : known) {
      if (o.kind < 2) continue;
      auto const there = left(before(known, o));
      for (auto const& add : there) {
        all.erase(add);
        if (o.kind == 2) break;
      }
    }
    return all;
  }
  static std::map<int, std::size_t> expected(known_operations const& known) {
    std::map<int, std::size_t> all;
    if (auto const n = left(known).size(); n != 0) all[1] = n;
    for (auto const& o : known)
      if (o.kind == 1) ++all[2];
    return all;
  }
};

// All that were inserted and not erased are there; and of those that an insertion saw, the ones before and behind it stay there.
template <class C>
struct of<ab::ordered_list<item, C>> {
  using state = ab::ordered_list<item, C>;
  static constexpr bool names_matter = true;
  // Each element is different: its replica, and the how manieth it is of it.
  static item next(state const& s, ab::replica r) {
    return static_cast<item>(r.number() * 16 + s.context().next(r.id()).sequence);
  }
  static std::vector<int> observed(state const& s) {
    std::vector<int> all;
    s.each([&](int v) { all.push_back(v); });
    return all;
  }
  // Where the least element is.
  static std::size_t least(state const& s) {
    auto const all = observed(s);
    return static_cast<std::size_t>(std::min_element(all.begin(), all.end()) - all.begin());
  }
  static constexpr auto operations() {
    return std::tuple(
        operation{"insert(#, 0, /* the next */)", [](state& s, ab::replica r) { return s.insert(r, 0, next(s, r)); }},
        operation{"push_back(#, /* the next */)", [](state& s, ab::replica r) { return s.push_back(r, next(s, r)); }},
        operation{"insert(#, /* before the least */, /* the next */)",
                  [](state& s, ab::replica r) { return s.insert(r, least(s), next(s, r)); }},
        operation{"erase(/* the least */)", [](state& s) { return s.erase(least(s)); }});
  }

  static int element(known_operations const& known, done_operation const& insertion) {
    int nth = 1;
    for (auto const& o : known)
      if (o.kind != 3 && o.replica == insertion.replica && insertion.saw(o)) ++nth;
    return static_cast<int>(insertion.replica + 1) * 16 + nth;
  }
  static std::set<int> alive(known_operations const& known) {
    std::set<int> all;
    for (auto const& o : known)
      if (o.kind != 3) all.insert(element(known, o));
    for (auto const& o : known) {
      if (o.kind != 3) continue;
      auto const there = alive(before(known, o));
      if (!there.empty()) all.erase(*there.begin());
    }
    return all;
  }
  struct order {
    known_operations known;
    std::set<int> all;
    auto begin() const { return all.begin(); }
    auto end() const { return all.end(); }

    friend bool operator==(std::vector<int> const& is, order const& meant) {
      if (is.size() != meant.all.size() || std::set<int>(is.begin(), is.end()) != meant.all) return false;
      auto const at = [&is](int e) { return std::find(is.begin(), is.end(), e) - is.begin(); };
      for (auto const& o : meant.known) {
        if (o.kind == 3 || meant.all.count(element(meant.known, o)) == 0) continue;
        auto const here = at(element(meant.known, o));
        auto const there = alive(before(meant.known, o));
        for (int const e : there) {
          if (meant.all.count(e) == 0) continue;
          auto const least = *there.begin();
          if (o.kind == 0 && at(e) < here) return false;
          if (o.kind == 1 && at(e) > here) return false;
          if (o.kind == 2 && meant.all.count(least) != 0 && (at(e) < at(least)) != (at(e) < here)) return false;
        }
      }
      return true;
    }
  };
  static order expected(known_operations const& known) { return {known, alive(known)}; }
};

}  // namespace intent

TEMPLATE_LIST_TEST_CASE("types over dots show what they are meant to", "[crdt][model][R49][R56]",
                        crdt::causal<ab::flat_containers>) {
  auto const v = intent::small<TestType>();
  INFO(v);
  CHECK(v);
}
TEMPLATE_LIST_TEST_CASE("types over dots, four operations", "[.][full][R49][R56]", crdt::causal<ab::flat_containers>) {
  auto const v = intent::large<TestType>();
  INFO(v);
  CHECK(v);
}
