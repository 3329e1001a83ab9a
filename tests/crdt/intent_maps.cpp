// What maps are meant to show, in every interleaving of three operations on three replicas whose messages are lost, doubled and
// overtake each other.
#include "intent.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "catch.hpp"

namespace intent {

// Of each key every write that nobody has seen and written, or erased the key, since.
template <class C>
struct of<ab::add_wins_map<item, ab::mv_register<item, C>, C>> {
  using state = ab::add_wins_map<item, ab::mv_register<item, C>, C>;
  static constexpr auto operations() {
    return std::tuple(
        operation{"update(1, set(#, 1))",
                  [](state& s, ab::replica r) { return s.update(1, [&](auto& v) { return v.set(r, 1); }); }},
        operation{"update(1, set(#, 2))",
                  [](state& s, ab::replica r) { return s.update(1, [&](auto& v) { return v.set(r, 2); }); }},
        operation{"update(2, set(#, 3))",
                  [](state& s, ab::replica r) { return s.update(2, [&](auto& v) { return v.set(r, 3); }); }},
        operation{"erase(1)", [](state& s) { return s.erase(1); }});
  }
  using shown = std::multiset<std::pair<int, int>>;
  static shown observed(state const& s) {
    shown all;
    s.each([&](int k, auto const& values) { values.each([&](int v) { all.insert({k, v}); }); });
    return all;
  }
  static shown expected(known_operations const& known) {
    shown all;
    for (auto const& o : known) {
      auto const same_key = [&o](auto const& later) { return (later.kind == 2) == (o.kind == 2); };
      if (o.kind != 3 && !seen_by(known, o, same_key)) all.insert({o.kind == 2 ? 2 : 1, static_cast<int>(o.kind) + 1});
    }
    return all;
  }
};

// What no erasure of its key had seen.
template <class C>
struct of<ab::add_wins_map<item, ab::pn_counter<C>, C>> {
  using state = ab::add_wins_map<item, ab::pn_counter<C>, C>;
  static constexpr auto operations() {
    return std::tuple(
        operation{"update(1, increment(#, 5))",
                  [](state& s, ab::replica r) { return s.update(1, [&](auto& c) { return c.increment(r, 5); }); }},
        operation{"update(1, decrement(#))",
                  [](state& s, ab::replica r) { return s.update(1, [&](auto& c) { return c.decrement(r); }); }},
        operation{"update(2, increment(#))",
                  [](state& s, ab::replica r) { return s.update(2, [&](auto& c) { return c.increment(r); }); }},
        operation{"erase(1)", [](state& s) { return s.erase(1); }});
  }
  using shown = std::map<int, std::int64_t>;
  static shown observed(state const& s) {
    shown all;
    s.each([&](int k, auto const& c) { all[k] = c.value(); });
    return all;
  }
  static shown expected(known_operations const& known) {
    shown all;
    for (auto const& o : known) {
      if (o.kind == 2) all[2] += 1;
      if (o.kind < 2 && !seen_by(known, o, [](auto const& later) { return later.kind == 3; }))
        all[1] += o.kind == 0 ? 5 : -1;
    }
    return all;
  }
};

// Erasing a key takes away what was seen under it, also two levels down, and nothing under another.
template <class C>
struct of<ab::add_wins_map<item, ab::add_wins_map<item, ab::add_wins_set<item, C>, C>, C>> {
  using state = ab::add_wins_map<item, ab::add_wins_map<item, ab::add_wins_set<item, C>, C>, C>;
  template <item K, item Inner>
  static auto add(state& s, ab::replica r) {
    return s.update(K, [&](auto& m) { return m.update(Inner, [&](auto& set) { return set.add(r, 7); }); });
  }
  static constexpr auto operations() {
    return std::tuple(
        operation{"update(1, update(1, add(#, 7)))", [](state& s, ab::replica r) { return add<1, 1>(s, r); }},
        operation{"update(1, update(2, add(#, 7)))", [](state& s, ab::replica r) { return add<1, 2>(s, r); }},
        operation{"update(1, erase(1))",
                  [](state& s) { return s.update(1, [](auto& m) { return m.erase(item{1}); }); }},
        operation{"erase(1)", [](state& s) { return s.erase(item{1}); }});
  }
  using shown = std::set<std::pair<int, int>>;
  static shown observed(state const& s) {
    shown all;
    s.each([&](int k, auto const& m) {
      m.each([&, k](int inner, auto const& set) {
        if (set.contains(item{7}) && set.size() == 1) all.insert({k, inner});
      });
    });
    return all;
  }
  static shown expected(known_operations const& known) {
    shown all;
    for (auto const& o : known) {
      auto const takes_it = [&o](auto const& later) { return later.kind == 3 || (later.kind == 2 && o.kind == 0); };
      if (o.kind < 2 && !seen_by(known, o, takes_it)) all.insert({1, static_cast<int>(o.kind) + 1});
    }
    return all;
  }
};

// The greatest write that no erasure had seen. A write that isn't the greatest where it is done does nothing: it doesn't come
// back when what was greater is erased.
template <>
struct of<ab::add_wins_map<item, ab::lww_register<item, tick>>> {
  using state = ab::add_wins_map<item, ab::lww_register<item, tick>>;
  template <std::uint8_t Stamp, item Value>
  static auto set(state& s, ab::replica r) {
    return s.update(1, [&](auto& v) { return v.set(r, {Stamp}, Value); });
  }
  static constexpr auto operations() {
    return std::tuple(operation{"update(1, set(#, {1}, 5))", [](state& s, ab::replica r) { return set<1, 5>(s, r); }},
                      operation{"update(1, set(#, {1}, 6))", [](state& s, ab::replica r) { return set<1, 6>(s, r); }},
                      operation{"update(1, set(#, {2}, 4))", [](state& s, ab::replica r) { return set<2, 4>(s, r); }},
                      operation{"erase(1)", [](state& s) { return s.erase(item{1}); }});
  }
  using write = std::pair<int, int>;
  static std::optional<int> observed(state const& s) {
    if (!s.contains(item{1})) return std::nullopt;
    return s[item{1}].value();
  }
  static std::optional<write> last(known_operations const& known) {
    constexpr std::array<write, 3> writes{{{1, 5}, {1, 6}, {2, 4}}};
    std::optional<write> greatest;
    for (auto const& o : known) {
      if (o.kind == 3 || seen_by(known, o, [](auto const& later) { return later.kind == 3; })) continue;
      auto const there = last(before(known, o));
      bool const counts = !there || *there < writes[o.kind];
      if (counts && (!greatest || *greatest < writes[o.kind])) greatest = writes[o.kind];
    }
    return greatest;
  }
  static std::optional<int> expected(known_operations const& known) {
    auto const greatest = last(known);
    if (!greatest) return std::nullopt;
    return greatest->second;
  }
};

template <class C>
using all_maps =
    decltype(std::tuple_cat(crdt::maps<C>(), std::tuple<ab::add_wins_map<item, ab::lww_register<item, tick>>>()));

}  // namespace intent

TEMPLATE_LIST_TEST_CASE("maps show what they are meant to", "[crdt][model][R49][R56]",
                        intent::all_maps<ab::flat_containers>) {
  auto const v = intent::small<TestType>();
  INFO(v);
  CHECK(v);
}
TEMPLATE_LIST_TEST_CASE("maps, four operations", "[.][full][R49][R56]", intent::all_maps<ab::flat_containers>) {
  auto const v = intent::large<TestType>();
  INFO(v);
  CHECK(v);
}
