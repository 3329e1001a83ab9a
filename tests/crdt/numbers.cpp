// Floating-point values, with NaN and two zeros: of writes with equal stamps all replicas keep the same.
#include "types.hpp"

#include <compare>
#include <limits>

#include "catch.hpp"

namespace numbers {

struct place {
  double x = 0;
  float y = 0;
  friend auto operator<=>(place const&, place const&) = default;
};

}  // namespace numbers

namespace {

using numbers::place;

using crdt::item;
using crdt::tick;
constexpr auto no_number = std::numeric_limits<double>::quiet_NaN();
constexpr auto infinity = std::numeric_limits<double>::infinity();

constexpr double number(std::uint8_t n) {
  constexpr double all[] = {no_number, -no_number, 0.0, -0.0, 1.5, infinity, -infinity};
  return all[n % 7];
}
constexpr place somewhere(std::uint8_t n) {
  return {number(n), static_cast<float>(number(static_cast<std::uint8_t>(n / 7)))};
}

static_assert(ab::value_less(-0.0, 0.0) && ab::value_less(infinity, no_number) &&
              ab::value_less(-no_number, -infinity));
static_assert(ab::value_less(-1.5, -1.0) && ab::value_less(-1.0F, 1.0F) && !ab::value_less(1.0, 1.0));
static_assert(ab::value_equal(no_number, no_number) && !ab::value_equal(0.0, -0.0) && ab::ordered_values<place>);

template <class T>
void holds() {
  auto const v = ab::check_laws<T>(ab::testing::random_cases{2000, 7});
  INFO(v);
  CHECK(v);
}

}  // namespace

namespace ab::testing {

template <>
struct mutators<lww_register<double, tick>> {
  static constexpr auto list() {
    return std::tuple(
        mutator{"set", [](lww_register<double, tick>& s, tick t, std::uint8_t n) { return s.set(t, number(n)); }});
  }
};
template <>
struct mutators<lww_register<place, tick>> {
  static constexpr auto list() {
    return std::tuple(
        mutator{"set", [](lww_register<place, tick>& s, tick t, std::uint8_t n) { return s.set(t, somewhere(n)); }});
  }
};
template <>
struct mutators<causal_lww_register<double, tick>> {
  static constexpr auto list() {
    return std::tuple(mutator{"set", [](causal_lww_register<double, tick>& s, replica r, tick t, std::uint8_t n) {
                                return s.set(r, t, number(n));
                              }});
  }
};
template <>
struct mutators<mv_register<double>> {
  static constexpr auto list() {
    return std::tuple(
        mutator{"set", [](mv_register<double>& s, replica r, std::uint8_t n) { return s.set(r, number(n)); }});
  }
};
template <>
struct mutators<lww_map<item, double, tick>> {
  static constexpr auto list() {
    return std::tuple(mutator{"set", [](lww_map<item, double, tick>& s, tick t, item k,
                                        std::uint8_t n) { return s.set(t, k, number(n)); }},
                      mutator{"erase", [](lww_map<item, double, tick>& s, tick t, item k) { return s.erase(t, k); }});
  }
};

}  // namespace ab::testing

TEMPLATE_TEST_CASE("laws: floating-point values", "[crdt][R49][R56]", (ab::lww_register<double, tick>),
                   (ab::lww_register<place, tick>), (ab::causal_lww_register<double, tick>), ab::mv_register<double>,
                   (ab::lww_map<item, double, tick>)) {
  holds<TestType>();
}

TEST_CASE("a NaN and a number written at the same time agree", "[crdt][R49]") {
  for (auto const x : {no_number, -0.0, 0.0, 1.0}) {
    for (auto const y : {no_number, -0.0, 0.0, 1.0}) {
      ab::lww_register<double> a, b;
      auto const of_a = a.set({5}, x), of_b = b.set({5}, y);
      a.join(of_b);
      b.join(of_a);
      CHECK(a == b);
      ab::lww_map<int, double> m, n;
      auto const of_m = m.set({5}, 1, x), of_n = n.set({5}, 1, y);
      m.join(of_n);
      n.join(of_m);
      CHECK(m == n);
      ab::add_wins_map<int, ab::lww_register<double>> v, w;
      auto const put = [](auto& map, std::uint32_t who, double d) {
        return map.update(1, [&](auto& r) { return r.set(ab::replica(who), ab::timestamp{5}, d); });
      };
      auto const of_v = put(v, 1, x), of_w = put(w, 2, y);
      v.join(of_w);
      w.join(of_v);
      CHECK(v == w);
      CHECK(ab::value_equal(v[1].value(), w[1].value()));
    }
  }
}

TEST_CASE("writes whose stamps are floating-point numbers agree, whatever came first", "[crdt][R49]") {
  double const stamps[] = {1.0, no_number, 2.0, -0.0, 0.0};
  for (int i = 0; i < 5; ++i) {
    for (int j = 0; j < 5; ++j) {
      for (int k = 0; k < 5; ++k) {
        auto const in_order = [&](int x, int y, int z, auto made) {
          for (int const n : {x, y, z}) {
            decltype(made) delta;
            if constexpr (requires { delta.set(1.0, 7); })
              delta.set(stamps[n], 7 - n);
            else if constexpr (requires { delta.set(1.0, 7, 7); })
              delta.set(stamps[n], 1, 7 - n);
            else if (n % 2 == 0)
              delta.add(stamps[n], 1);
            else
              delta.remove(stamps[n], 1);
            made.join(delta);
          }
          return made;
        };
        auto const agree = [&](auto empty) {
          CHECK(in_order(i, j, k, empty) == in_order(k, j, i, empty));
          CHECK(in_order(i, j, k, empty) == in_order(j, i, k, empty));
        };
        agree(ab::lww_register<int, double>());
        agree(ab::lww_map<int, int, double>());
        agree(ab::lww_set<int, double>());
      }
    }
  }
}
