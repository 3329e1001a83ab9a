// The types that tests are instantiated with, and what changes each of them.
#pragma once

#include <anabranch/container.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/testing/laws.hpp>
#include <anabranch/testing/mutators.hpp>

#include <cstdint>
#include <tuple>

namespace crdt {

using item = std::int8_t;
using ab::replica;

// Stamps that often tie.
struct tick {
  std::uint8_t at = 0;
  friend constexpr auto operator<=>(tick const&, tick const&) = default;
};

// Over counts, or over keys with a value that is never removed but by a greater one.
template <class C = ab::hash_containers>
using simple = std::tuple<ab::g_counter<C>, ab::pn_counter<C>, ab::resettable_counter<C>, ab::bounded_counter<C>,
                          ab::lww_register<item, tick>, ab::g_set<item, C>, ab::two_phase_set<item, C>,
                          ab::lww_set<item, tick, C>, ab::lww_map<item, item, tick, C>>;
// Over dots.
template <class C = ab::hash_containers>
using causal = std::tuple<ab::causal_counter<C>, ab::causal_lww_register<item, tick, C>, ab::mv_register<item, C>,
                          ab::enable_wins_flag<C>, ab::disable_wins_flag<C>, ab::add_wins_set<item, C>,
                          ab::remove_wins_set<item, C>, ab::bag<item, C>, ab::ordered_list<item, C>>;
template <class C = ab::hash_containers>
using maps =
    std::tuple<ab::add_wins_map<item, ab::mv_register<item, C>, C>, ab::add_wins_map<item, ab::pn_counter<C>, C>,
               ab::add_wins_map<item, ab::add_wins_map<item, ab::add_wins_set<item, C>, C>, C>>;
// The ones that what containers do differs for.
template <class C>
using some = std::tuple<ab::pn_counter<C>, ab::lww_map<item, item, tick, C>, ab::add_wins_set<item, C>,
                        ab::ordered_list<item, C>,
                        ab::add_wins_map<item, ab::add_wins_map<item, ab::add_wins_set<item, C>, C>, C>>;

}  // namespace crdt

namespace ab::testing {

using crdt::item;
using crdt::tick;

template <class C>
struct mutators<g_counter<C>> {
  static constexpr auto list() {
    return std::tuple(mutator{"increment", [](g_counter<C>& s, replica r) { return s.increment(r); }});
  }
};
template <class T>
struct counter_mutators {
  static constexpr auto list() {
    return std::tuple(mutator{"increment", [](T& s, replica r, std::uint8_t n) { return s.increment(r, n); }},
                      mutator{"decrement", [](T& s, replica r, std::uint8_t n) { return s.decrement(r, n); }});
  }
};
template <class C>
struct mutators<pn_counter<C>> : counter_mutators<pn_counter<C>> {};
template <class C>
struct mutators<resettable_counter<C>> : counter_mutators<resettable_counter<C>> {
  static constexpr auto list() {
    return std::tuple_cat(counter_mutators<resettable_counter<C>>::list(),
                          std::tuple(mutator{"reset", &resettable_counter<C>::reset}));
  }
};
template <class C>
struct mutators<causal_counter<C>> : counter_mutators<causal_counter<C>> {
  static constexpr auto list() {
    return std::tuple_cat(counter_mutators<causal_counter<C>>::list(),
                          std::tuple(mutator{"reset", &causal_counter<C>::reset}));
  }
};
template <class C>
struct mutators<bounded_counter<C>> : counter_mutators<bounded_counter<C>> {
  static constexpr auto list() {
    return std::tuple_cat(counter_mutators<bounded_counter<C>>::list(),
                          std::tuple(mutator{"transfer", [](bounded_counter<C>& s, replica r) {
                                               return s.transfer(r, replica(r.number() % 3 + 1).id(), 1);
                                             }}));
  }
};
template <>
struct mutators<lww_register<item, tick>> {
  static constexpr auto list() {
    return std::tuple(mutator{"set", [](lww_register<item, tick>& s, tick t, item v) { return s.set(t, v); }});
  }
};
template <class C>
struct mutators<causal_lww_register<item, tick, C>> {
  static constexpr auto list() { return std::tuple(mutator{"set", &causal_lww_register<item, tick, C>::set}); }
};
template <class C>
struct mutators<mv_register<item, C>> {
  static constexpr auto list() {
    return std::tuple(mutator{"set", &mv_register<item, C>::set}, mutator{"clear", &mv_register<item, C>::clear});
  }
};
template <class C>
struct mutators<enable_wins_flag<C>> {
  static constexpr auto list() {
    return std::tuple(mutator{"enable", &enable_wins_flag<C>::enable},
                      mutator{"disable", &enable_wins_flag<C>::disable});
  }
};
template <class C>
struct mutators<disable_wins_flag<C>> {
  static constexpr auto list() {
    return std::tuple(mutator{"enable", &disable_wins_flag<C>::enable},
                      mutator{"disable", &disable_wins_flag<C>::disable});
  }
};
template <class C>
struct mutators<g_set<item, C>> {
  static constexpr auto list() { return std::tuple(mutator{"add", &g_set<item, C>::add}); }
};
template <class C>
struct mutators<two_phase_set<item, C>> {
  static constexpr auto list() {
    return std::tuple(mutator{"add", &two_phase_set<item, C>::add}, mutator{"remove", &two_phase_set<item, C>::remove});
  }
};
template <class C>
struct mutators<lww_set<item, tick, C>> {
  static constexpr auto list() {
    return std::tuple(mutator{"add", &lww_set<item, tick, C>::add}, mutator{"remove", &lww_set<item, tick, C>::remove});
  }
};
template <class C>
struct mutators<add_wins_set<item, C>> {
  using set = add_wins_set<item, C>;
  static constexpr auto list() {
    return std::tuple(mutator{"add", &set::add}, mutator{"remove", [](set& s, item v) { return s.remove(v); }},
                      mutator{"clear", &set::clear});
  }
};
template <class C>
struct mutators<remove_wins_set<item, C>> {
  static constexpr auto list() {
    return std::tuple(mutator{"add", &remove_wins_set<item, C>::add},
                      mutator{"remove", &remove_wins_set<item, C>::remove});
  }
};
template <class C>
struct mutators<bag<item, C>> {
  static constexpr auto list() {
    return std::tuple(mutator{"add", &bag<item, C>::add}, mutator{"remove", &bag<item, C>::remove},
                      mutator{"remove_all", &bag<item, C>::remove_all});
  }
};
template <class C>
struct mutators<lww_map<item, item, tick, C>> {
  using map = lww_map<item, item, tick, C>;
  static constexpr auto list() { return std::tuple(mutator{"set", &map::set}, mutator{"erase", &map::erase}); }
};
template <class C>
struct mutators<ordered_list<item, C>> {
  using list_type = ordered_list<item, C>;
  static constexpr auto list() {
    return std::tuple(
        mutator{"insert", [](list_type& s, replica r, std::uint8_t i, item v) { return s.insert(r, i, v); }},
        mutator{"erase", [](list_type& s, std::uint8_t i) { return s.erase(i); }});
  }
};
template <class C>
struct mutators<add_wins_map<item, mv_register<item, C>, C>> {
  using map = add_wins_map<item, mv_register<item, C>, C>;
  static constexpr auto list() {
    return std::tuple(mutator{"set", [](map& s, replica r, item k,
                                        item v) { return s.update(k, [&](auto& inner) { return inner.set(r, v); }); }},
                      mutator{"erase", [](map& s, item k) { return s.erase(k); }});
  }
};
template <class C>
struct mutators<add_wins_map<item, pn_counter<C>, C>> {
  using map = add_wins_map<item, pn_counter<C>, C>;
  static constexpr auto list() {
    return std::tuple(
        mutator{"increment",
                [](map& s, replica r, item k) { return s.update(k, [&](auto& inner) { return inner.increment(r); }); }},
        mutator{"erase", [](map& s, item k) { return s.erase(k); }});
  }
};
template <class C>
struct mutators<add_wins_map<item, add_wins_map<item, add_wins_set<item, C>, C>, C>> {
  using map = add_wins_map<item, add_wins_map<item, add_wins_set<item, C>, C>, C>;
  static constexpr auto list() {
    return std::tuple(
        mutator{"add",
                [](map& s, replica r, item k, item v) {
                  return s.update(k, [&](auto& m) { return m.update(0, [&](auto& set) { return set.add(r, v); }); });
                }},
        mutator{"remove",
                [](map& s, item k, item v) {
                  return s.update(k, [&](auto& m) { return m.update(0, [&](auto& set) { return set.remove(v); }); });
                }},
        mutator{"erase", [](map& s, item k) { return s.erase(k); }});
  }
};

}  // namespace ab::testing
