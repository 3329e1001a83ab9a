// The types that what containers do differs for, over flat ones.
#include "crdt/types.hpp"
#include "hold.hpp"

TEMPLATE_LIST_TEST_CASE("laws: over flat containers", "[crdt][laws][R49][R50]", crdt::some<ab::flat_containers>) {
  laws::hold<TestType>(LAW_CASES / 20);
}
