// Every allocation of a join fails once: what is left is to be joined again, and gives the same.
#include <anabranch/container.hpp>
#include <anabranch/crdt.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <string_view>

#include "catch.hpp"

namespace {

long left = -1;  // so many allocations succeed; below 0: all
long alive = 0;

template <class T>
struct scarce {
  using value_type = T;
  scarce() = default;
  template <class U>
  scarce(scarce<U>) noexcept {}
  T* allocate(std::size_t n) {
    if (left >= 0 && left-- == 0) throw std::bad_alloc();
    ++alive;
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T* p, std::size_t n) noexcept {
    --alive;
    std::allocator<T>().deallocate(p, n);
  }
  friend bool operator==(scarce, scarce) = default;
};

using text = std::basic_string<char, std::char_traits<char>, scarce<char>>;

struct hashed {
  static constexpr bool bounded = false;
  template <class T>
  using sequence = ab::sequence<T, scarce<T>>;
  template <class K, class V>
  using map = ab::hash_map<K, V, scarce<K>>;
  template <class T>
  using set = ab::set_of<map<T, ab::no_value>>;
};
struct flat : hashed {
  template <class K, class V>
  using map = ab::flat_map<K, V, ab::sequence<ab::map_entry<K, V>, scarce<K>>>;
  template <class T>
  using set = ab::set_of<map<T, ab::no_value>>;
};
struct nodes : hashed {
  template <class K, class V>
  using map = ab::node_map<K, V, scarce<K>>;
  template <class T>
  using set = ab::set_of<map<T, ab::no_value>>;
};

struct dice {
  std::uint64_t state;
  std::uint64_t operator()(std::uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33U) % below;
  }
  text element() { return text("too long to be stored without a heap: ") + std::to_string((*this)(60)).c_str(); }
};

// What others take for a state.
template <class State>
bool is_good(State const& s) {
  bool good = true;
  if constexpr (requires { s.context(); }) {
    good = s.store().well_formed();
    s.store().each_dot([&](ab::dot d) { good = good && s.context().contains(d); });
  }
  return good;
}

template <class State, class Change>
void fail_everywhere(Change const& change) {
  auto const me = ab::replica(1), you = ab::replica(2);
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    dice roll{seed};
    State mine, yours;
    for (auto n = 1 + roll(40); n-- > 0;) {
      change(mine, me, roll);
      change(yours, you, roll);
      if (roll(8) == 0) yours.join(mine);
      if (roll(8) == 0) mine.join(yours);
    }
    auto const both = ab::joined(mine, yours);
    auto const before = alive;
    bool failed = true;
    for (long fails = 0; failed; ++fails) {
      State state = mine;
      failed = false;
      left = fails;
      try {
        state.join(yours);
      } catch (std::bad_alloc const&) {
        failed = true;
      }
      left = -1;
      REQUIRE(ab::leq(mine, state));
      REQUIRE(ab::leq(state, both));
      REQUIRE(is_good(state));
      if (failed) state.join(yours);
      REQUIRE(state == both);
    }
    failed = true;
    for (long fails = 0; failed; ++fails) {
      failed = false;
      left = fails;
      try {
        State const copy = mine;
        left = -1;
        REQUIRE(copy == mine);
      } catch (std::bad_alloc const&) {
        failed = true;
      }
      left = -1;
    }
    REQUIRE(alive == before);
  }
}

}  // namespace

TEMPLATE_TEST_CASE("a join that runs out of memory is repeated, and loses nothing", "[crdt][R49]", hashed, flat,
                   nodes) {
  fail_everywhere<ab::add_wins_set<text, TestType>>([](auto& s, ab::replica r, dice& roll) {
    if (roll(4) != 0)
      s.add(r, roll.element());
    else
      s.remove(roll.element());
  });
  fail_everywhere<ab::g_set<text, TestType>>([](auto& s, ab::replica, dice& roll) { s.add(roll.element()); });
  fail_everywhere<ab::add_wins_map<text, ab::mv_register<text, TestType>, TestType>>(
      [](auto& s, ab::replica r, dice& roll) {
        if (roll(4) != 0)
          s.update(roll.element(), [&](auto& v) { return v.set(r, roll.element()); });
        else
          s.erase(roll.element());
      });
  fail_everywhere<ab::ordered_list<text, TestType>>([](auto& s, ab::replica r, dice& roll) {
    if (roll(4) != 0)
      s.insert(r, roll(5), roll.element());
    else
      s.erase(roll(5));
  });
}

TEMPLATE_TEST_CASE("an assignment that runs out of memory throws, and can be repeated", "[crdt][R49]", hashed, flat,
                   nodes) {
  auto const me = ab::replica(1);
  ab::add_wins_set<int, TestType> all;
  for (int i = 0; i < 300; ++i) all.add(me, i);
  auto other = all;
  all.join(other.remove(5));  // looks for the dot, by an index where there is one, which is copied, too
  bool failed = true;
  for (long fails = 0; failed; ++fails) {
    ab::add_wins_set<int, TestType> copy;
    copy.add(me, 1);
    failed = false;
    left = fails;
    try {
      copy = all;
    } catch (std::bad_alloc const&) {
      failed = true;
    }
    left = -1;
    if (failed) copy = all;
    REQUIRE(copy == all);
  }
}
