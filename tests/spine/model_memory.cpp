#include "spine/model.hpp"

TEST_CASE("a store in memory is what its definition says", "[R2][R3][R4][R9][R10][R11][R12][R17][R24][R25][R31]") {
  using spine::model::agrees, spine::in_memory;
  SECTION("from 1") { agrees<in_memory, 1, ab::per_stream>(400, 60); }
  SECTION("from 1, globally ordered") { agrees<in_memory, 1, ab::global_order>(150, 60); }
  SECTION("from 0") { agrees<in_memory, 0, ab::per_stream>(400, 60); }
  SECTION("from 0, globally ordered") { agrees<in_memory, 0, ab::global_order>(150, 60); }
}
