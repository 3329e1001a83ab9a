// What keeps dots.
#include "crdt/types.hpp"
#include "hold.hpp"

TEMPLATE_LIST_TEST_CASE("laws: what keeps dots", "[crdt][laws][R49][R50][R56]", crdt::causal<>) {
  laws::hold<TestType>();
}
