// Maps of states.
#include "crdt/types.hpp"
#include "hold.hpp"

TEMPLATE_LIST_TEST_CASE("laws: maps of states", "[crdt][laws][R49][R50][R56]", crdt::maps<>) { laws::hold<TestType>(); }
