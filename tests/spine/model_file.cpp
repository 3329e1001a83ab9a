#include "spine/model.hpp"

TEST_CASE("a store on disk is what its definition says", "[R2][R3][R4][R9][R10][R11][R12][R17][R24][R25][R31]") {
  using spine::model::agrees, spine::on_file;
  SECTION("from 1") { agrees<on_file, 1, ab::per_stream>(25, 60); }
  SECTION("from 1, globally ordered") { agrees<on_file, 1, ab::global_order>(25, 60); }
  SECTION("from 0") { agrees<on_file, 0, ab::per_stream>(25, 60); }
  SECTION("from 0, globally ordered") { agrees<on_file, 0, ab::global_order>(25, 60); }
}
