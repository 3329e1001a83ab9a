// The tagged union, against the definition of one.
#include "catch.hpp"

#include <anabranch/core/one_of.hpp>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace {

using ab::one_of;

template <std::size_t I>
struct numbered {
  std::size_t value = I;
  friend bool operator==(numbered const&, numbered const&) = default;
};
template <class>
struct many_of;
template <std::size_t... Is>
struct many_of<std::index_sequence<Is...>> {
  using type = one_of<numbered<Is>...>;
};
template <std::size_t N>
using many = typename many_of<std::make_index_sequence<N>>::type;

template <class Many, std::size_t... Is>
constexpr bool each_is_itself(std::index_sequence<Is...>) {
  auto const right = []<std::size_t I>(std::integral_constant<std::size_t, I>) {
    Many m(numbered<I>{I + 1000});
    auto const seen = m.visit([](auto const& n) { return n.value; });
    Many copy(m);
    copy = m;
    m.visit([](auto& n) { ++n.value; });
    return m.index() == I && seen == I + 1000 && m.template holds<numbered<I>>() &&
           m.template get_if<numbered<I>>()->value == I + 1001 &&
           m.template get_if<numbered<(I + 1) % sizeof...(Is)>>() == nullptr &&
           copy.template get_if<numbered<I>>()->value == I + 1000;
  };
  return (right(std::integral_constant<std::size_t, Is>{}) && ...);
}
template <std::size_t N>
constexpr bool all_right = each_is_itself<many<N>>(std::make_index_sequence<N>{});

// Around each place where the dispatch changes its shape.
static_assert(all_right<2> && all_right<3> && all_right<7> && all_right<8> && all_right<9> && all_right<10> &&
              all_right<16> && all_right<17> && all_right<24> && all_right<25> && all_right<40>);
static_assert(sizeof(many<3>) == 2 * sizeof(std::size_t));
static_assert(std::is_trivially_copyable_v<many<3>> && std::is_trivially_destructible_v<many<3>>);
static_assert(!std::is_trivially_copyable_v<one_of<int, std::string>>);
static_assert(std::is_nothrow_move_constructible_v<one_of<int, std::string>>);
static_assert(!std::is_constructible_v<one_of<int, std::string>, char const*>, "nothing converts in silence");
static_assert(!std::is_constructible_v<one_of<int, std::string>, long>);
static_assert(one_of<int, bool>::has<bool> && !one_of<int, bool>::has<char> && one_of<int, bool>::index_of<bool> == 1);
static_assert(std::is_same_v<one_of<int, bool>::type<1>, bool>);

TEST_CASE("more than 255 types have a wider index", "[core]") {
  using wide = one_of<numbered<0>, numbered<1>>;
  CHECK(sizeof(one_of<char>) == 2);
  wide w(std::in_place_type<numbered<1>>, std::size_t{7});
  CHECK(w == wide(numbered<1>{7}));
  CHECK_FALSE(w == wide(numbered<0>{7}));
  CHECK_FALSE(w == wide(numbered<1>{8}));
}

// Counts what lives, and throws where it is told to.
struct counted {
  static inline int alive = 0;
  static inline bool throws = false;
  int n;
  explicit counted(int i) : n(i) { ++alive; }
  counted(counted const& o) : n(o.n) {
    if (throws) throw std::runtime_error("no copy");
    ++alive;
  }
  counted(counted&& o) noexcept : n(std::exchange(o.n, -1)) { ++alive; }
  counted& operator=(counted const&) = delete;
  ~counted() { --alive; }
};

TEST_CASE("values live as long as they are held", "[core]") {
  using either = one_of<counted, std::string, int>;
  {
    either a(counted(1)), b(std::string("text")), c(3);
    CHECK(counted::alive == 1);
    either d(a);
    CHECK(counted::alive == 2);
    CHECK(d.get_if<counted>()->n == 1);
    b = a;
    CHECK(counted::alive == 3);
    a = c;
    CHECK(counted::alive == 2);
    c = std::move(b);
    CHECK(c.get_if<counted>()->n == 1);
    CHECK(counted::alive == 3);  // what was moved from still lives
    auto const& itself = c;
    c = itself;
    CHECK(c.get_if<counted>()->n == 1);
    std::swap(c, d);
    CHECK(d.get_if<counted>()->n == 1);
    b = either(std::string(1000, 'x'));
    CHECK(*b.get_if<std::string>() == std::string(1000, 'x'));
  }
  CHECK(counted::alive == 0);
}

TEST_CASE("a copy that throws leaves its target as it was", "[core]") {
  using either = one_of<counted, std::string>;
  {
    either const a(counted(1));
    either b(std::string("kept"));
    counted::throws = true;
    CHECK_THROWS_AS(b = a, std::runtime_error);
    CHECK_THROWS_AS(either(a), std::runtime_error);
    counted::throws = false;
    CHECK(*b.get_if<std::string>() == "kept");
    CHECK(counted::alive == 1);
  }
  CHECK(counted::alive == 0);
}

TEST_CASE("a visitor gives what it likes, and by reference", "[core]") {
  one_of<int, long> n(5);
  int elsewhere = 0;
  n.visit([&](auto const&) -> int& { return elsewhere; }) = 7;
  CHECK(elsewhere == 7);
  auto const& fixed = n;
  CHECK(fixed.visit([]<class T>(T const&) { return std::is_same_v<T, int>; }));
}

}  // namespace
