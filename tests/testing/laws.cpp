#include "catch.hpp"
#include "faulty_lattice.hpp"

#include <string>
#include <utility>

using ab::testing::law;

namespace {

constexpr std::size_t all_laws = static_cast<std::size_t>(law::values_differ) + 1;

std::string account(ab::testing::verdict const& v) { return std::string(v.account()); }

template <law L>
void is_caught() {
  using T = faulty::bits<L>;
  std::string const name(ab::testing::detail::text_of(L).name);
  auto const small = ab::check_law<T, L>();
  auto const random = ab::check_law<T, L>(ab::testing::random_cases{200});
  INFO(account(small));
  INFO(account(random));
  CHECK_FALSE(small);
  CHECK_FALSE(random);
  CHECK(account(small).find("broken: " + name) == 0);
  CHECK(account(random).find("broken: " + name) == 0);
  // Whatever it stops at, the whole is refused too.
  CHECK_FALSE(ab::check_laws<T>(ab::testing::exhaustive{}));
  CHECK_FALSE(ab::check_laws<T>(ab::testing::random_cases{200}));
  // And nothing is said of the same type without the fault.
  CHECK(ab::check_law<faulty::bits<faulty::none>, (ab::testing::detail::text_of(L).values == 0 ? law::order : L)>());
}

}  // namespace

TEST_CASE("a lattice without fault is one", "[testing][laws][R56]") {
  using T = faulty::bits<faulty::none>;
  static_assert(ab::check_laws<T>());
  CHECK(ab::check_laws<T>(ab::testing::exhaustive{20000}));
  auto const random = ab::check_laws<T>(ab::testing::random_cases{2000});
  CHECK(random);
  CHECK(account(random).find("laws hold of faulty::bits") != std::string::npos);
}

TEST_CASE("each law is caught broken", "[testing][laws][R56]") {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (is_caught<static_cast<law>(I)>(), ...);
  }(std::make_index_sequence<all_laws>{});
}

TEST_CASE("the counterexample is the shortest, as C++", "[testing][laws][R56]") {
  CHECK(account(ab::check_law<faulty::bits<law::commutative>, law::commutative>()).ends_with(R"(;
T const a = T(4);
T const b = T(2);
assert(ab::testing::holds<ab::testing::law::commutative>(a, b));
)"));
  // Found at random, it is shrunk to as little.
  auto const random =
      account(ab::check_law<faulty::bits<law::associative>, law::associative>(ab::testing::random_cases{1000, 7}));
  INFO(random);
  CHECK(random == account(ab::check_law<faulty::bits<law::associative>, law::associative>()));

  CHECK(account(ab::check_law<faulty::bits<law::mutators_are_deltas>, law::mutators_are_deltas>()).ends_with(R"(;
T s0, d0, s1, d1, s2, d2;
d0 = s0.put(0);
// the last change breaks: what a mutator leaves is what it found, joined with its delta
)"));
}

TEST_CASE("what can't be written is replayed", "[testing][laws][R56]") {
  struct opaque : ab::lattice::max<int> {};
  auto const [a, b] = ab::testing::replay<ab::lattice::max<int>, 2>({0, 1, 2, 1, 1});
  CHECK(a.value() == -1);
  CHECK(b.value() == 1);
}

namespace {

// A maximum that goes wrong where all are small, from 50 on.
struct wrong_from_50 : ab::lattice::max<int> {
  using ab::lattice::max<int>::max;
  constexpr bool join(wrong_from_50 const& o) {
    if (value() >= 50 && o.value() > value() + 3) return false;
    return ab::lattice::max<int>::join(o);
  }
  constexpr bool leq(wrong_from_50 const& o) const { return ab::lattice::max<int>::leq(o); }
  constexpr wrong_from_50 difference(wrong_from_50 const& o) const { return leq(o) ? wrong_from_50() : *this; }
  template <class F>
  constexpr void decompose(F f) const {
    if (!is_bottom()) f(*this);
  }
};

}  // namespace

template <>
struct ab::testing::arbitrary<wrong_from_50> {
  static constexpr wrong_from_50 make(choices& c) { return wrong_from_50(static_cast<int>(c.below(c.spread()))); }
  template <class Out>
  static constexpr void write(wrong_from_50 const& t, Out& out) {
    out.append("T(").append(std::int64_t{t.value()}).append(")");
  }
};

TEST_CASE("what only fails far out is found at random, and shrunk", "[testing][laws][R56]") {
  CHECK(ab::check_law<wrong_from_50, law::commutative>());
  auto const random = account(ab::check_law<wrong_from_50, law::commutative>(ab::testing::random_cases{}));
  INFO(random);
  bool const shortest = random.find("a = T(50);\nT const b = T(54);") != std::string::npos ||
                        random.find("a = T(54);\nT const b = T(50);") != std::string::npos;
  CHECK(shortest);
}
