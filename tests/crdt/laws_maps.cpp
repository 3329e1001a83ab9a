// Every type is the lattice that it says it is.
#include "types.hpp"

#include "catch.hpp"

namespace {

template <class T>
void holds(std::size_t cases) {
  STATIC_REQUIRE(ab::join_semilattice<T>);
  auto const v = ab::check_laws<T>(ab::testing::random_cases{cases, 7});
  INFO(v);
  CHECK(v);
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("laws: maps of states", "[crdt][R49][R50][R56]", crdt::maps<>) { holds<TestType>(1000); }
TEMPLATE_LIST_TEST_CASE("a hundred thousand cases a law: maps of states", "[.][full][R56]", crdt::maps<>) {
  holds<TestType>(100'000);
}
