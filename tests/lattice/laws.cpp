#include "catch.hpp"

#include <anabranch/container/fixed.hpp>
#include <anabranch/container/flat.hpp>
#include <anabranch/container/node.hpp>
#include <anabranch/lattice.hpp>
#include <anabranch/testing/laws.hpp>

#include <cstdint>
#include <string>

namespace lattice = ab::lattice;

namespace {

enum class level : std::uint8_t { low, high };
struct settings {
  lattice::max<int> volume;
  lattice::set<int, ab::flat_containers> plugins;
};
using heads = lattice::antichain<lattice::pair<lattice::max<int>, lattice::max<int>>>;

// Every model, small values, while compiling.
static_assert(ab::check_laws<lattice::max<int>>());
static_assert(ab::check_laws<lattice::min<std::uint8_t>>());
static_assert(ab::check_laws<lattice::max<double>>());
static_assert(ab::check_laws<lattice::any>());
static_assert(ab::check_laws<lattice::all>());
static_assert(ab::check_laws<lattice::pair<lattice::max<int>, lattice::any>>());
static_assert(ab::check_laws<lattice::lexicographic<lattice::max<int>, lattice::set<int, ab::flat_containers>>>());
static_assert(ab::check_laws<lattice::product<lattice::max<int>, lattice::any, lattice::min<unsigned>>>());
static_assert(ab::check_laws<lattice::option<lattice::max<int>>>());
static_assert(ab::check_laws<heads, 40>());
static_assert(ab::check_laws<lattice::set<int>>());
static_assert(ab::check_laws<lattice::set<int, ab::flat_containers>>());
static_assert(ab::check_laws<lattice::map<int, lattice::max<int>, ab::node_containers>>());
static_assert(ab::check_laws<settings>());

template <class T>
void hold() {
  auto const small = ab::check_laws<T>(ab::testing::exhaustive{2000});
  INFO(small.account());
  CHECK(small);
  auto const random = ab::check_laws<T>(ab::testing::random_cases{5000});
  INFO(random.account());
  CHECK(random);
}

}  // namespace

TEST_CASE("the laws hold of scalars", "[lattice][laws][R48][R50]") {
  hold<lattice::max<int>>();
  hold<lattice::min<std::int64_t>>();
  hold<lattice::max<double>>();
  hold<lattice::max<level>>();
  hold<lattice::max<std::string>>();
  hold<lattice::any>();
  hold<lattice::all>();
}

TEST_CASE("the laws hold of sets and maps over any containers", "[lattice][laws][R48][R50]") {
  hold<lattice::set<int>>();
  hold<lattice::set<std::string, ab::flat_containers>>();
  hold<lattice::set<int, ab::node_containers>>();
  hold<lattice::map<int, lattice::max<int>>>();
  hold<lattice::map<std::string, lattice::set<int>, ab::flat_containers>>();
  hold<lattice::map<int, lattice::map<int, lattice::any>, ab::node_containers>>();
}

TEST_CASE("the laws hold of compositions", "[lattice][laws][R48][R50]") {
  hold<settings>();
  hold<lattice::pair<settings, lattice::any>>();
  hold<lattice::lexicographic<lattice::max<int>, settings>>();
  hold<lattice::lexicographic<lattice::any, lattice::lexicographic<lattice::max<int>, lattice::all>>>();
  hold<lattice::product<settings, lattice::any, lattice::max<int>>>();
  hold<lattice::option<settings>>();
  hold<heads>();
}
