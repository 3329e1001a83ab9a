// A served store against the naive definition of one, and one whose every commit is staged again.
#include "spine/model.hpp"
#include "remote/transports.hpp"

TEST_CASE("a served store is what its definition says",
          "[remote][R70][R2][R3][R4][R9][R10][R11][R12][R17][R24][R25][R31]") {
  using spine::model::agrees;
  SECTION("on disk") { agrees<spine::on_server, 1, ab::per_stream>(20, 60); }
  SECTION("in memory, globally ordered") { agrees<remote_tests::memory_server, 0, ab::global_order>(20, 60); }
  SECTION("staged again, globally ordered") {
    remote_tests::overtaken::times = 0;
    agrees<remote_tests::overtaken_server, 1, ab::global_order>(20, 60);
    CHECK(remote_tests::overtaken::times > 100);
  }
}
