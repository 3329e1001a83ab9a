// One body over all container policies: they behave as a std::map does, in a constant expression too.
#include "policies.hpp"

#include <anabranch/container.hpp>

#include <array>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"

namespace {

struct wide {
  std::uint64_t a = 0;
  std::array<char, 100> b{};
  friend auto operator<=>(wide const&, wide const&) = default;
};

template <class P>
constexpr bool small_steps() {
  typename P::template map<int, int> m, other;
  if (!m.empty() || m.find(1) != nullptr) return false;
  for (int const k : {5, 3, 9, 1, 7, 3, 5}) *m.get_or_insert(k).value += k;
  if (m.size() != 5 || *m.find(3) != 6 || *m.find(9) != 9 || m.contains(2)) return false;
  for (int const k : {9, 7, 5, 3, 1}) *other.get_or_insert(k).value = k == 3 || k == 5 ? 2 * k : k;
  if (!(m == other)) return false;
  auto const copy = m;
  if (!m.erase(5) || m.erase(5) || m.contains(5) || m.size() != 4 || m == copy) return false;
  m.erase_if([](auto const& e) { return e.key > 6; });
  if (m.size() != 2 || !m.contains(1) || !m.contains(3)) return false;
  auto moved = std::move(m);
  m = copy;
  if (moved.size() != 2 || !(m == copy)) return false;

  typename P::template set<int> s;
  if (!s.insert(2) || s.insert(2) || !s.contains(2) || s.size() != 1) return false;
  for (int i = 0; i < 20; ++i) s.insert(i * 7 % 20);
  int sum = 0, before = -1;
  bool ascending = true;
  for (int const v : s) {
    sum += v;
    ascending = ascending && before < v;
    before = v;
  }
  return sum == 190 && (ascending || !s.ordered) && s.erase(19) && s.size() == 19;
}
static_assert(small_steps<ab::flat_containers>());
static_assert(small_steps<ab::node_containers>());
static_assert(small_steps<ab::hash_containers>());
static_assert(small_steps<ab::fixed_containers<20>>());

template <class Map, class Key>
void agrees_with_std(Key key) {
  Map ours;
  std::map<decltype(key(0)), int> theirs;
  std::uint64_t seed = 7;
  for (int step = 0; step < 20'000; ++step) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    auto const k = key(static_cast<int>((seed >> 33U) % 300));
    switch ((seed >> 20U) % 4) {
      case 0:
      case 1:
        *ours.get_or_insert(k).value = step;
        theirs[k] = step;
        break;
      case 2: REQUIRE(ours.erase(k) == (theirs.erase(k) == 1)); break;
      default: {
        auto const* const found = ours.find(k);
        auto const at = theirs.find(k);
        REQUIRE((found != nullptr) == (at != theirs.end()));
        if (found != nullptr) REQUIRE(*found == at->second);
      }
    }
    REQUIRE(ours.size() == theirs.size());
  }
  std::size_t seen = 0;
  for (auto const& e : ours) {
    ++seen;
    REQUIRE(theirs.at(e.key) == e.value);
  }
  CHECK(seen == theirs.size());
  if constexpr (Map::ordered) {
    auto at = theirs.begin();
    for (auto const& e : ours) CHECK(e.key == (at++)->first);
  }
  auto const copy = ours;
  CHECK(copy == ours);
  ours.erase_if([](auto const& e) { return e.value % 3 == 0; });
  std::erase_if(theirs, [](auto const& e) { return e.second % 3 == 0; });
  CHECK(ours.size() == theirs.size());
  for (auto const& [k, v] : theirs) REQUIRE((ours.find(k) != nullptr && *ours.find(k) == v));
  ours.clear();
  CHECK(ours.empty());
  CHECK_FALSE(ours.contains(key(1)));
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("a container policy's maps are maps", "[container][R49]", container::policies) {
  STATIC_REQUIRE(ab::container_policy<TestType>);
  CHECK(small_steps<TestType>());
  agrees_with_std<typename TestType::template map<int, int>>([](int i) { return i; });
  agrees_with_std<typename TestType::template map<std::string, int>>(
      [](int i) { return "a key that is too long for its place, " + std::to_string(i); });
}

TEMPLATE_LIST_TEST_CASE("text is found by a view of it", "[container][R49]", container::policies) {
  typename TestType::template map<std::string, int> m;
  for (int i = 0; i < 100; ++i) *m.get_or_insert(std::to_string(i)).value = i;
  REQUIRE(m.find(std::string_view("42")) != nullptr);
  CHECK(*m.find(std::string_view("42")) == 42);
  CHECK(m.find(std::string_view("142")) == nullptr);
}

TEMPLATE_LIST_TEST_CASE("keys of any size, values with a heap of their own", "[container][R49]", container::policies) {
  typename TestType::template map<wide, std::vector<int>> m;
  for (std::uint64_t i = 0; i < 50; ++i) m.get_or_insert(wide{i * 31 % 50}).value->assign(i + 1, static_cast<int>(i));
  auto moved = std::move(m);
  REQUIRE(moved.size() == 50);
  CHECK(moved.find(wide{31})->size() == 2);
  CHECK(moved.erase(wide{31}));
  CHECK(moved.size() == 49);
}

TEST_CASE("a fixed container that is full says so and keeps what it has", "[container][R49]") {
  ab::fixed_containers<3>::map<int, int> m;
  for (int i = 0; i < 3; ++i) *m.get_or_insert(i).value = i;
  CHECK(m.fits(0));
  CHECK_FALSE(m.fits(1));
  CHECK_FALSE(m.overflowed());
  CHECK(m.get_or_insert(2).value != nullptr);  // it is there already
  CHECK_FALSE(m.overflowed());
  CHECK(m.get_or_insert(3).value == nullptr);
  CHECK(m.overflowed());
  CHECK(m.size() == 3);
  CHECK(*m.find(2) == 2);
}

TEST_CASE("all memory comes from the resource", "[container][R49]") {
  container::arena.given = container::arena.taken = 0;
  {
    container::in_arena::map<int, std::uint64_t> m;
    for (int i = 0; i < 1000; ++i) (void)m.get_or_insert(i);
    auto const copy = m;
    CHECK(container::arena.given > 2 * 1000 * 16);
  }
  CHECK(container::arena.given == container::arena.taken);
}

TEST_CASE("a sequence holds one element without a heap", "[container][R49]") {
  container::arena.given = container::arena.taken = 0;
  ab::sequence<std::uint64_t, ab::resource_allocator<std::uint64_t, &container::arena>> s;
  s.push_back(1);
  auto t = s;
  auto u = std::move(t);
  CHECK(container::arena.given == 0);
  CHECK(u == s);
  u.push_back(2);
  CHECK(container::arena.given == 32);
  u.insert(1, 3);
  CHECK(u.size() == 3);
  CHECK(u[1] == 3);
  CHECK(u[2] == 2);
  u.erase(0);
  CHECK(u[0] == 3);
  u.shrink_to_fit();
  CHECK(u.capacity() == 2);
}

namespace {

// Has no move of its own, so it is copied where others are moved.
struct copied {
  static inline int left = -1;  // so many copies succeed; below 0: all
  static inline int alive = 0, twice = 0;
  static void count() {
    if (left >= 0 && left-- == 0) throw std::runtime_error("no copy");
    ++alive;
  }
  int number = 0;
  copied const* volatile self = this;  // as long as it lives
  copied() { ++alive; }
  explicit copied(int n) : number(n) { ++alive; }
  copied(copied const& o) : number(o.number) { count(); }
  copied& operator=(copied const& o) {
    number = o.number;
    return *this;
  }
  ~copied() {
    if (self != this) ++twice;
    self = nullptr;
    --alive;
  }
  friend bool operator==(copied const& a, copied const& b) { return a.number == b.number; }
  friend bool operator<(copied const& a, copied const& b) { return a.number < b.number; }
  std::uint64_t hash() const noexcept { return static_cast<std::uint64_t>(number); }
};

}  // namespace

TEMPLATE_TEST_CASE("a key whose copy throws isn't there, the others are, and each is destroyed once",
                   "[container][R49]", ab::hash_containers, ab::flat_containers, ab::node_containers) {
  auto const before = copied::alive;
  for (int fails = 0; fails < 16; ++fails) {
    for (int const at : {1, 4, 6, 20}) {  // where arrays grow, and where not
      typename TestType::template map<copied, int> m;
      for (int i = 0; i < 30; ++i) {
        copied const key(i);
        copied::left = i == at ? fails : -1;
        try {
          *m.get_or_insert(key).value = i;
        } catch (std::runtime_error const&) {
          copied::left = -1;
          CHECK_FALSE(m.contains(key));
        }
        copied::left = -1;
      }
      int wrong = 0;
      for (int i = 0; i < 30; ++i) {
        auto const* const there = m.find(copied(i));
        if (there == nullptr ? i != at : *there != i) ++wrong;
      }
      CHECK(wrong == 0);
    }
    CHECK(copied::alive == before);
    CHECK(copied::twice == 0);
  }
}
