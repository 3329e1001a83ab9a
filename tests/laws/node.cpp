// The types that what containers do differs for, over node ones.
#include "crdt/types.hpp"
#include "hold.hpp"

TEMPLATE_LIST_TEST_CASE("laws: over node containers", "[crdt][laws][R49][R50]", crdt::some<ab::node_containers>) {
  laws::hold<TestType>(LAW_CASES / 20);
}
