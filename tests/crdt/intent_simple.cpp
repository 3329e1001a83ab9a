// What types over counts and stamps are meant to show, in every interleaving of three operations on three replicas whose
// messages are lost, doubled and overtake each other.
#include "intent.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

#include "catch.hpp"

namespace intent {

// All that was counted. No two collections of up to four amounts add up to the same.
template <class State>
struct sums {
  using state = State;
  static constexpr std::array<std::int64_t, 4> amounts{1, 5, 25, 125};
  static std::int64_t observed(state const& s) { return static_cast<std::int64_t>(s.value()); }
  static std::int64_t expected(known_operations const& known) {
    std::int64_t sum = 0;
    for (auto const& o : known) sum += of<State>::amounts[o.kind];
    return sum;
  }
};
template <class C>
struct of<ab::g_counter<C>> : sums<ab::g_counter<C>> {
  using typename sums<ab::g_counter<C>>::state;
  static constexpr auto operations() {
    return std::tuple(operation{"increment(#)", [](state& s, ab::replica r) { return s.increment(r); }},
                      operation{"increment(#, 5)", [](state& s, ab::replica r) { return s.increment(r, 5); }},
                      operation{"increment(#, 25)", [](state& s, ab::replica r) { return s.increment(r, 25); }},
                      operation{"increment(#, 125)", [](state& s, ab::replica r) { return s.increment(r, 125); }});
  }
};
template <class C>
struct of<ab::pn_counter<C>> : sums<ab::pn_counter<C>> {
  using typename sums<ab::pn_counter<C>>::state;
  static constexpr std::array<std::int64_t, 4> amounts{1, 5, -25, -125};
  static constexpr auto operations() {
    return std::tuple(operation{"increment(#)", [](state& s, ab::replica r) { return s.increment(r); }},
                      operation{"increment(#, 5)", [](state& s, ab::replica r) { return s.increment(r, 5); }},
                      operation{"decrement(#, 25)", [](state& s, ab::replica r) { return s.decrement(r, 25); }},
                      operation{"decrement(#, 125)", [](state& s, ab::replica r) { return s.decrement(r, 125); }});
  }
};

template <class C>
struct of<ab::resettable_counter<C>> : until_reset<ab::resettable_counter<C>> {};

// Nobody takes more than what was counted up where it was, or given to it: who lacks that is refused, and nothing changes.
template <class C>
struct of<ab::bounded_counter<C>> {
  using state = ab::bounded_counter<C>;
  static constexpr bool names_matter = true;  // the second one is given rights
  static constexpr std::size_t receiver = 1;
  static constexpr auto operations() {
    return std::tuple(operation{"increment(#, 2)", [](state& s, ab::replica r) { return s.increment(r, 2); }},
                      operation{"decrement(#).value_or(T())",
                                [](state& s, ab::replica r) { return s.decrement(r).value_or(state()); }},
                      operation{"decrement(#, 2).value_or(T())",
                                [](state& s, ab::replica r) { return s.decrement(r, 2).value_or(state()); }},
                      operation{"transfer(#, ab::replica(2).id(), 1).value_or(T())", [](state& s, ab::replica r) {
                                  return s.transfer(r, ab::replica(2).id(), 1).value_or(state());
                                }});
  }
  struct amounts {
    std::array<std::int64_t, 3> at{};
    std::int64_t sum() const { return at[0] + at[1] + at[2]; }
  };
  static std::int64_t takes(done_operation const& o) { return o.kind == 2 ? 2 : 1; }
  static amounts rights(known_operations const& known) {
    amounts all;
    for (auto const& o : known) {
      if (o.kind == 0) all.at[o.replica] += 2;
      if (o.kind == 0 || rights(before(known, o)).at[o.replica] < takes(o)) continue;
      all.at[o.replica] -= takes(o);
      if (o.kind == 3) all.at[receiver] += 1;
    }
    return all;
  }
  using shown = std::tuple<std::int64_t, std::array<std::int64_t, 3>, bool>;
  static shown observed(state const& s) {
    std::array<std::int64_t, 3> at{};
    for (std::uint32_t r = 0; r < 3; ++r) at[r] = static_cast<std::int64_t>(s.rights(ab::replica(r + 1).id()));
    return {s.value(), at, s.value() >= 0};
  }
  static shown expected(known_operations const& known) {
    auto const all = rights(known);
    return {all.sum(), all.at, true};
  }
};

// The greatest write: by stamp, then by value.
template <>
struct of<ab::lww_register<item, tick>> {
  using state = ab::lww_register<item, tick>;
  static constexpr auto operations() {
    return std::tuple(operation{"set({1}, 1)", [](state& s) { return s.set({1}, 1); }},
                      operation{"set({1}, 2)", [](state& s) { return s.set({1}, 2); }},
                      operation{"set({2}, 0)", [](state& s) { return s.set({2}, 0); }},
                      operation{"set({2}, 1)", [](state& s) { return s.set({2}, 1); }});
  }
  static std::optional<int> observed(state const& s) {
    return s.has_value() ? std::optional<int>(s.value()) : std::nullopt;
  }
  static std::optional<int> expected(known_operations const& known) {
    constexpr std::array<std::pair<int, int>, 4> writes{{{1, 1}, {1, 2}, {2, 0}, {2, 1}}};
    std::optional<std::pair<int, int>> last;
    for (auto const& o : known)
      if (!last || *last < writes[o.kind]) last = writes[o.kind];
    return last ? std::optional<int>(last->second) : std::nullopt;
  }
};

template <class C>
struct of<ab::g_set<item, C>> {
  using state = ab::g_set<item, C>;
  static constexpr auto operations() {
    return std::tuple(
        operation{"add(1)", [](state& s) { return s.add(1); }}, operation{"add(2)", [](state& s) { return s.add(2); }},
        operation{"add(3)", [](state& s) { return s.add(3); }}, operation{"add(4)", [](state& s) { return s.add(4); }});
  }
  static std::set<int> observed(state const& s) { return elements(s); }
  static std::set<int> expected(known_operations const& known) {
    std::set<int> all;
    for (auto const& o : known) all.insert(static_cast<int>(o.kind) + 1);
    return all;
  }
};

// Gone is gone; only what is there can go.
template <class C>
struct of<ab::two_phase_set<item, C>> {
  using state = ab::two_phase_set<item, C>;
  static constexpr auto operations() {
    return std::tuple(operation{"add(1)", [](state& s) { return s.add(1); }},
                      operation{"add(2)", [](state& s) { return s.add(2); }},
                      operation{"remove(1)", [](state& s) { return s.remove(1); }},
                      operation{"remove(2)", [](state& s) { return s.remove(2); }});
  }
  static std::set<int> observed(state const& s) { return elements(s); }
  static std::set<int> expected(known_operations const& known) {
    std::set<int> added, removed;
    for (auto const& o : known) {
      auto const removal = [&o](auto const& later) { return later.kind == o.kind + 2; };
      if (o.kind >= 2) continue;
      added.insert(static_cast<int>(o.kind) + 1);
      if (seen_by(known, o, removal)) removed.insert(static_cast<int>(o.kind) + 1);
    }
    for (int const gone : removed) added.erase(gone);
    return added;
  }
};

// The last word counts; of two at once, the add.
template <class C>
struct of<ab::lww_set<item, tick, C>> {
  using state = ab::lww_set<item, tick, C>;
  static constexpr auto operations() {
    return std::tuple(operation{"add({1}, 1)", [](state& s) { return s.add({1}, 1); }},
                      operation{"remove({1}, 1)", [](state& s) { return s.remove({1}, 1); }},
                      operation{"remove({2}, 1)", [](state& s) { return s.remove({2}, 1); }},
                      operation{"add({2}, 2)", [](state& s) { return s.add({2}, 2); }});
  }
  static std::set<int> observed(state const& s) { return elements(s); }
  static std::set<int> expected(known_operations const& known) {
    auto const done = [&](std::size_t kind) { return any(known, [kind](auto const& o) { return o.kind == kind; }); };
    std::set<int> all;
    if (done(0) && !done(2)) all.insert(1);
    if (done(3)) all.insert(2);
    return all;
  }
};

// For each key the last word counts; of some at once, a value beats an erasure, and the greatest value the others.
template <class C>
struct of<ab::lww_map<item, item, tick, C>> {
  using state = ab::lww_map<item, item, tick, C>;
  static constexpr auto operations() {
    return std::tuple(operation{"set({1}, 1, 5)", [](state& s) { return s.set({1}, 1, 5); }},
                      operation{"set({1}, 1, 6)", [](state& s) { return s.set({1}, 1, 6); }},
                      operation{"erase({1}, 1)", [](state& s) { return s.erase({1}, 1); }},
                      operation{"erase({2}, 1)", [](state& s) { return s.erase({2}, 1); }});
  }
  static std::map<int, int> observed(state const& s) {
    std::map<int, int> all;
    s.each([&](int k, int v) { all[k] = v; });
    return all;
  }
  static std::map<int, int> expected(known_operations const& known) {
    auto const done = [&](std::size_t kind) { return any(known, [kind](auto const& o) { return o.kind == kind; }); };
    if (done(3) || (!done(0) && !done(1))) return {};
    return {{1, done(1) ? 6 : 5}};
  }
};

}  // namespace intent

TEMPLATE_LIST_TEST_CASE("types over counts and stamps show what they are meant to", "[crdt][model][R49][R56]",
                        crdt::simple<ab::flat_containers>) {
  auto const v = intent::small<TestType>();
  INFO(v);
  CHECK(v);
}
TEMPLATE_LIST_TEST_CASE("types over counts and stamps, four operations", "[.][full][R49][R56]",
                        crdt::simple<ab::flat_containers>) {
  auto const v = intent::large<TestType>();
  INFO(v);
  CHECK(v);
}
