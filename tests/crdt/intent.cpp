// What each type is meant to show, in every interleaving of three operations on three replicas whose messages are lost,
// doubled and overtake each other.
#include <anabranch/container/flat.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/testing/model_checker.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <tuple>

#include "catch.hpp"

namespace {

using ab::testing::known_operations;
using ab::testing::operation;
using flat = ab::flat_containers;

// Nobody who knew of it has said anything since.
bool stands(known_operations const& known, ab::testing::done_operation const& op) {
  return std::none_of(known.begin(), known.end(), [&op](auto const& o) { return o.number != op.number && o.saw(op); });
}

struct enable_wins {
  using state = ab::enable_wins_flag<flat>;
  static constexpr auto operations() {
    return std::tuple(operation{"enable(#)", [](state& s, ab::replica r) { return s.enable(r); }},
                      operation{"disable()", [](state& s) { return s.disable(); }});
  }
  static bool observed(state const& s) { return s.value(); }
  static bool expected(known_operations const& known) {
    return std::any_of(known.begin(), known.end(), [&](auto const& on) {
      return on.kind == 0 &&
             std::none_of(known.begin(), known.end(), [&](auto const& off) { return off.kind == 1 && off.saw(on); });
    });
  }
};

struct disable_wins {
  using state = ab::disable_wins_flag<flat>;
  static constexpr auto operations() {
    return std::tuple(operation{"enable(#)", [](state& s, ab::replica r) { return s.enable(r); }},
                      operation{"disable(#)", [](state& s, ab::replica r) { return s.disable(r); }});
  }
  static bool observed(state const& s) { return s.value(); }
  static bool expected(known_operations const& known) {
    bool on = false, off = false;
    for (auto const& o : known) (o.kind == 0 ? on : off) |= stands(known, o);
    return on && !off;
  }
};

struct all_writes_kept {
  using state = ab::mv_register<int, flat>;
  static constexpr auto operations() {
    return std::tuple(operation{"set(#, 1)", [](state& s, ab::replica r) { return s.set(r, 1); }},
                      operation{"set(#, 2)", [](state& s, ab::replica r) { return s.set(r, 2); }},
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
      if (o.kind < 2 && stands(known, o)) all.insert(static_cast<int>(o.kind) + 1);
    return all;
  }
};

struct remove_wins {
  using state = ab::remove_wins_set<int, flat>;
  static constexpr auto operations() {
    return std::tuple(operation{"add(#, 1)", [](state& s, ab::replica r) { return s.add(r, 1); }},
                      operation{"remove(#, 1)", [](state& s, ab::replica r) { return s.remove(r, 1); }},
                      operation{"add(#, 2)", [](state& s, ab::replica r) { return s.add(r, 2); }});
  }
  static std::set<int> observed(state const& s) {
    std::set<int> all;
    s.each([&](int v) { all.insert(v); });
    return all;
  }
  static std::set<int> expected(known_operations const& known) {
    bool added = false, removed = false;
    std::set<int> all;
    for (auto const& o : known) {
      if (o.kind == 2) {
        all.insert(2);
        continue;
      }
      bool const last = std::none_of(known.begin(), known.end(), [&o](auto const& later) {
        return later.kind != 2 && later.number != o.number && later.saw(o);
      });
      (o.kind == 0 ? added : removed) |= last;
    }
    if (added && !removed) all.insert(1);
    return all;
  }
};

// Counts that no reset had seen.
template <class State>
struct resets {
  using state = State;
  static std::int64_t expected(known_operations const& known) {
    std::int64_t sum = 0;
    for (auto const& o : known) {
      if (o.kind == 2) continue;
      bool const gone =
          std::any_of(known.begin(), known.end(), [&o](auto const& r) { return r.kind == 2 && r.saw(o); });
      if (!gone) sum += o.kind == 0 ? 2 : -1;
    }
    return sum;
  }
};
template <class State>
struct resettable : resets<State> {
  static constexpr auto operations() {
    return std::tuple(operation{"increment(#, 2)", [](State& s, ab::replica r) { return s.increment(r, 2); }},
                      operation{"decrement(#)", [](State& s, ab::replica r) { return s.decrement(r); }},
                      operation{"reset()", [](State& s) { return s.reset(); }});
  }
  static std::int64_t observed(State const& s) { return s.value(); }
};
struct counter_in_map : resets<ab::add_wins_map<int, ab::pn_counter<flat>, flat>> {
  static constexpr auto operations() {
    return std::tuple(
        operation{"update(1, increment(#, 2))",
                  [](state& s, ab::replica r) { return s.update(1, [&](auto& c) { return c.increment(r, 2); }); }},
        operation{"update(1, decrement(#))",
                  [](state& s, ab::replica r) { return s.update(1, [&](auto& c) { return c.decrement(r); }); }},
        operation{"erase(1)", [](state& s) { return s.erase(1); }});
  }
  static std::int64_t observed(state const& s) { return s[1].value(); }
};

// Erasing a key takes away what was seen under it, two levels down, and nothing under another.
struct nested_sets {
  using state = ab::add_wins_map<int, ab::add_wins_set<int, flat>, flat>;
  static constexpr auto operations() {
    return std::tuple(
        operation{"update(1, add(#, 1))",
                  [](state& s, ab::replica r) { return s.update(1, [&](auto& set) { return set.add(r, 1); }); }},
        operation{"update(2, add(#, 1))",
                  [](state& s, ab::replica r) { return s.update(2, [&](auto& set) { return set.add(r, 1); }); }},
        operation{"erase(1)", [](state& s) { return s.erase(1); }},
        operation{"update(1, remove(1))",
                  [](state& s) { return s.update(1, [](auto& set) { return set.remove(1); }); }});
  }
  static std::set<int> observed(state const& s) {
    std::set<int> all;
    s.each([&](int k, auto const& set) {
      if (set.contains(1)) all.insert(k);
    });
    return all;
  }
  static std::set<int> expected(known_operations const& known) {
    std::set<int> all;
    for (auto const& o : known) {
      if (o.kind == 1) all.insert(2);
      bool const gone =
          std::any_of(known.begin(), known.end(), [&o](auto const& r) { return r.kind >= 2 && r.saw(o); });
      if (o.kind == 0 && !gone) all.insert(1);
    }
    return all;
  }
};

// Gone is gone.
struct two_phases {
  using state = ab::two_phase_set<int, flat>;
  static constexpr auto operations() {
    return std::tuple(operation{"add(1)", [](state& s) { return s.add(1); }},
                      operation{"remove(1)", [](state& s) { return s.remove(1); }});
  }
  static bool observed(state const& s) { return s.contains(1); }
  static bool expected(known_operations const& known) {
    bool added = false, removed = false;
    for (auto const& o : known) {
      if (o.kind == 0) added = true;
      removed = removed || (o.kind == 1 && std::any_of(known.begin(), known.end(),
                                                       [&o](auto const& a) { return a.kind == 0 && o.saw(a); }));
    }
    return added && !removed;
  }
};

}  // namespace

TEMPLATE_TEST_CASE("types show what they are meant to", "[crdt][model][R49]", enable_wins, disable_wins,
                   all_writes_kept, remove_wins, resettable<ab::resettable_counter<flat>>,
                   resettable<ab::causal_counter<flat>>, counter_in_map, nested_sets, two_phases) {
  auto const v = ab::check_model<TestType>();
  INFO(v);
  CHECK(v);
}
