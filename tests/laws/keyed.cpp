// Counters, and what keeps every key.
#include "crdt/types.hpp"
#include "hold.hpp"

TEMPLATE_LIST_TEST_CASE("laws: counters, and what keeps every key", "[crdt][laws][R49][R50][R56]", crdt::simple<>) {
  laws::hold<TestType>();
}
