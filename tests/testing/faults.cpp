// Twelve faults and three more, that others have made, are caught; each with the counterexample, which `-s` prints. Beside
// each the type of the library that does it right.
#include "planted.hpp"

#include <anabranch/testing/laws.hpp>
#include <anabranch/testing/model_checker.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "catch.hpp"

namespace {

using namespace planted;
using ab::testing::exhaustive;
using ab::testing::known_operations;
using ab::testing::operation;

void caught(ab::testing::verdict const& v, std::string_view counterexample) {
  INFO(v.account());
  CHECK_FALSE(v);
  CHECK(std::string(v.account()).find(counterexample) != std::string::npos);
}
void sound(ab::testing::verdict const& v) {
  INFO(v.account());
  CHECK(v);
}

template <class F>
bool seen_by(known_operations const& known, ab::testing::done_operation const& op, F const& f) {
  for (auto const& later : known)
    if (later.saw(op) && f(later)) return true;
  return false;
}

// There while an add is that nobody who knew of it has taken away.
template <class Set>
struct add_wins {
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
  static std::set<int> expected(known_operations const& known) {
    std::set<int> all;
    for (auto const& add : known) {
      auto const takes_it = [&add](auto const& o) { return o.kind == 3 || (o.kind == 2 && add.kind == 0); };
      if (add.kind < 2 && !seen_by(known, add, takes_it)) all.insert(static_cast<int>(add.kind) + 1);
    }
    return all;
  }
};
using shipped_set = ab::add_wins_set<int, flat>;

template <class Counter>
struct counts {
  using state = Counter;
  static constexpr auto operations() {
    return std::tuple(operation{"increment(#)", [](state& s, ab::replica r) { return s.increment(r); }});
  }
  static std::uint64_t observed(state const& s) { return s.value(); }
  static std::uint64_t expected(known_operations const& known) { return known.size(); }
};
// What no reset had seen.
template <class Counter>
struct resets {
  using state = Counter;
  static constexpr auto operations() {
    return std::tuple(operation{"increment(#)", [](state& s, ab::replica r) { return s.increment(r); }},
                      operation{"reset()", [](state& s) { return s.reset(); }});
  }
  static std::int64_t observed(state const& s) { return s.value(); }
  static std::int64_t expected(known_operations const& known) {
    std::int64_t n = 0;
    for (auto const& o : known)
      if (o.kind == 0 && !seen_by(known, o, [](auto const& later) { return later.kind == 1; })) ++n;
    return n;
  }
};

template <bool Reborn>
struct restores {
  using state = restored<Reborn>;
  static constexpr auto operations() {
    return std::tuple(operation{"add(#, 1)", [](state& s, ab::replica r) { return s.add(r, 1); }},
                      operation{"add_in_backup(#, 2)", [](state& s, ab::replica r) { return s.add_in_backup(r, 2); }});
  }
  static std::set<int> observed(state const& s) {
    std::set<int> all;
    s.set.each([&](int v) { all.insert(v); });
    return all;
  }
  static std::set<int> expected(known_operations const& known) {
    std::set<int> all;
    for (auto const& o : known) all.insert(static_cast<int>(o.kind) + 1);
    return all;
  }
};

// Of a map of sets: its keys.
struct keys {
  static std::set<int> expected(known_operations const& known) {
    for (auto const& o : known)
      if (o.kind == 0 && !seen_by(known, o, [](auto const& later) { return later.kind == 1; })) return {1};
    return {};
  }
};
struct keys_of_own : keys {
  using state = own_contexts;
  static constexpr auto operations() {
    return std::tuple(operation{"add(#, 1, 7)", [](state& s, ab::replica r) { return s.add(r, 1, 7); }},
                      operation{"erase(1)", [](state& s) { return s.erase(1); }});
  }
  static std::set<int> observed(state const& s) {
    std::set<int> all;
    for (auto const& [key, set] : s.sets)
      if (!set.empty()) all.insert(key);
    return all;
  }
};
struct keys_of_shipped : keys {
  using state = ab::add_wins_map<int, shipped_set, flat>;
  static constexpr auto operations() {
    return std::tuple(
        operation{"update(1, add(#, 7))",
                  [](state& s, ab::replica r) { return s.update(1, [&](auto& set) { return set.add(r, 7); }); }},
        operation{"erase(1)", [](state& s) { return s.erase(1); }});
  }
  static std::set<int> observed(state const& s) {
    std::set<int> all;
    s.each([&](int key, auto const&) { all.insert(key); });
    return all;
  }
};

}  // namespace

TEST_CASE("fault 1: equal stamps keep what is there", "[testing][laws][fault][R49][R56]") {
  caught(ab::check_laws<keeps_its_own>(exhaustive{}), R"(d0 = s0.set(1, 0);
d1 = s1.set(1, 1);
auto const& a = s0;
auto const& b = s1;
assert(ab::testing::holds<ab::testing::law::commutative>(a, b));
)");
  sound(ab::check_laws<ab::lww_register<int, std::uint8_t>>(exhaustive{}));
}
TEST_CASE("fault 2: a dot is used again after a removal", "[testing][model][fault][R49][R56]") {
  caught(ab::check_model<add_wins<dotted_set<uses_dots_again>>>(), R"(auto const d0 = s0.add(ab::replica(1), 1);
auto const m0 = s0;
auto const d1 = s0.remove(1);
auto const m1 = s0;
auto const d2 = s0.add(ab::replica(1), 1);
auto const m2 = s0;
ab::join(s0, d1);
// a message that has arrived changes something when it comes again
)");
  sound(ab::check_model<add_wins<shipped_set>>());
}
TEST_CASE("fault 3: what lies behind a gap is forgotten", "[testing][model][fault][R49][R56]") {
  caught(ab::check_model<add_wins<dotted_set<loses_the_cloud>>>(), R"(auto const d0 = s0.add(ab::replica(1), 1);
auto const m0 = s0;
auto const d1 = s0.add(ab::replica(1), 2);
auto const m1 = s0;
ab::join(s1, d1);
ab::join(s1, d0);
// s1 knows of the same operations as s0, and isn't the same
)");
  sound(ab::check_model<add_wins<shipped_set>>());
}
TEST_CASE("fault 4: what comes late counts as removed", "[testing][model][fault][R49][R56]") {
  caught(ab::check_model<add_wins<dotted_set<bare_vector>>>(), R"(auto const d0 = s0.add(ab::replica(1), 1);
auto const m0 = s0;
auto const d1 = s0.add(ab::replica(1), 2);
auto const m1 = s0;
ab::join(s0, d1);
// a message that has arrived changes something when it comes again
)");
  sound(ab::check_model<add_wins<shipped_set>>());
}
TEST_CASE("fault 5: a removal that comes before the add is dropped", "[testing][model][fault][R49][R56]") {
  caught(ab::check_model<add_wins<dotted_set<drops_early_removals>>>(), R"(auto const d0 = s0.add(ab::replica(1), 1);
auto const m0 = s0;
auto const d1 = s0.remove(1);
auto const m1 = s0;
ab::join(s1, m1);
// s1 knows of the same operations as s0, and isn't the same
)");
  sound(ab::check_model<add_wins<shipped_set>>());
}
TEST_CASE("fault 6: present on both sides counts as present", "[testing][model][fault][R49][R56]") {
  caught(ab::check_model<add_wins<dotted_set<both_have_it>>>(), R"(auto const d0 = s0.add(ab::replica(1), 1);
auto const m0 = s0;
auto const d1 = s0.add(ab::replica(1), 1);
auto const m1 = s0;
ab::join(s0, d0);
// a message that has arrived changes something when it comes again
)");
  sound(ab::check_model<add_wins<shipped_set>>());
}
TEST_CASE("fault 7: a reset leaves what a count took along", "[testing][model][fault][R49][R56]") {
  caught(ab::check_model<resets<moves_its_count>>(), R"(auto const d0 = s0.increment(ab::replica(1));
auto const m0 = s0;
auto const d1 = s0.increment(ab::replica(1));
auto const m1 = s0;
ab::join(s1, d0);
auto const d2 = s1.reset();
auto const m2 = s1;
ab::join(s0, d2);
// s0 shows 2
// and is meant to show 1
)");
  sound(ab::check_model<resets<ab::causal_counter<flat>>>());
}
TEST_CASE("fault 8: an identity is used again after a restore", "[testing][model][fault][R49][R56]") {
  caught(ab::check_model<restores<false>>(), R"(auto const d0 = s0.add(ab::replica(1), 1);
auto const m0 = s0;
auto const d1 = s0.add_in_backup(ab::replica(1), 2);
auto const m1 = s0;
// s0 shows []
// and is meant to show [1, 2]
)");
  sound(ab::check_model<restores<true>>());
}
TEST_CASE("fault 9: an erased key takes its context along", "[testing][model][fault][R49][R56]") {
  caught(ab::check_model<keys_of_own>(), R"(auto const d0 = s0.add(ab::replica(1), 1, 7);
auto const m0 = s0;
auto const d1 = s0.erase(1);
auto const m1 = s0;
ab::join(s0, d0);
// a message that has arrived changes something when it comes again
)");
  sound(ab::check_model<keys_of_shipped>());
}
TEST_CASE("fault 10: the removal of one element takes another", "[testing][model][fault][R49][R56]") {
  caught(ab::check_model<add_wins<dotted_set<removes_all_seen>>>(), R"(auto const d0 = s0.add(ab::replica(1), 1);
auto const m0 = s0;
auto const d1 = s0.add(ab::replica(1), 2);
auto const m1 = s0;
auto const d2 = s0.remove(1);
auto const m2 = s0;
ab::join(s0, d2);
// a message that has arrived changes something when it comes again
)");
  sound(ab::check_model<add_wins<shipped_set>>());
}
TEST_CASE("fault 11: a delta lacks what it took the place of", "[testing][laws][fault][R49][R56]") {
  caught(ab::check_laws<dotted_set<forgets_what_it_replaced>>(exhaustive{}), R"(d0 = s0.add(ab::replica(1), 0);
d0 = s0.add(ab::replica(1), 0);
// the last change breaks: what a mutator leaves is what it found, joined with its delta
)");
  sound(ab::check_laws<shipped_set>(exhaustive{}));
}
TEST_CASE("fault 12: a message that comes twice counts twice", "[testing][model][fault][R49][R56]") {
  caught(ab::check_model<counts<adds_up>>(), R"(auto const d0 = s0.increment(ab::replica(1));
auto const m0 = s0;
ab::join(s0, d0);
// a message that has arrived changes something when it comes again
)");
  caught(ab::check_laws<adds_up>(exhaustive{}), R"(d0 = s0.increment(ab::replica(1));
auto const& a = s0;
assert(ab::testing::holds<ab::testing::law::idempotent>(a));
)");
  sound(ab::check_model<counts<ab::g_counter<flat>>>());
  sound(ab::check_laws<ab::g_counter<flat>>(exhaustive{}));
}

TEST_CASE("fault 13: the order doesn't look at removals", "[testing][laws][fault][R49][R56]") {
  caught(ab::check_laws<dotted_set<order_by_context>>(exhaustive{}), R"(d0 = s0.add(ab::replica(1), 0);
ab::join(s1, s0);
d0 = s0.remove(0);
auto const& a = s0;
auto const& b = s1;
assert(ab::testing::holds<ab::testing::law::order>(a, b));
)");
  sound(ab::check_laws<shipped_set>(exhaustive{}));
}
TEST_CASE("fault 14: among the parts is the whole", "[testing][laws][fault][R49][R56]") {
  caught(ab::check_laws<dotted_set<sends_all_too>>(exhaustive{}), R"(d0 = s0.add(ab::replica(1), 0);
d0 = s0.add(ab::replica(1), 0);
auto const& a = s0;
assert(ab::testing::holds<ab::testing::law::decomposition_is_lean>(a));
)");
  sound(ab::check_laws<shipped_set>(exhaustive{}));
}
TEST_CASE("fault 15: what is the same has different bytes", "[testing][laws][fault][R49][R56]") {
  caught(ab::check_laws<in_order_of_arrival>(exhaustive{}), R"(d0 = s0.add(0);
d0 = s0.add(1);
d1 = s1.add(1);
d1 = s1.add(0);
auto const& a = s0;
auto const& b = s1;
assert(ab::testing::holds<ab::testing::law::encoding_is_canonical>(a, b));
)");
  sound(ab::check_laws<ab::g_set<int, flat>>(exhaustive{}));
}

TEST_CASE("the planted sets are sound but for their faults", "[testing][laws][model][R56]") {
  sound(ab::check_laws<dotted_set<>>(exhaustive{}));
  sound(ab::check_model<add_wins<dotted_set<>>>());
}
