// A hub over a disk that fails: what couldn't be written isn't told, and what couldn't be told is said.
#include "subscription/told.hpp"

#include <anabranch/testing/faulty_files.hpp>

#include <cerrno>

namespace subscribing {
namespace {

using ab::testing::faulty_disk;
using ab::testing::file_call;
using store_type =
    ab::store<account_event,
              ab::policies<ab::file_storage<ab::sync_each, ab::testing::faulty_files>, ab::global_order>>;

ab::result<store_type> open_on(faulty_disk& disk) {
  return store_type::open("store", ab::file::log_options{}, ab::testing::faulty_files{&disk});
}

TEST_CASE("what can't be read back is said to whoever committed it", "[subscription][R20][R73]") {
  faulty_disk disk;
  auto bank = open_on(disk);
  REQUIRE(bank);
  auto a = bank->stream("a");
  ab::hub hub(*bank);
  lines told;
  auto s = hub.subscribe(scribe{&told});
  disk.fail(file_call::read, 1, EIO);
  auto const r = hub.append(a, deposited{1}, deposited{2});
  REQUIRE(r);  // it is committed
  CHECK(r->outcome.last == ab::revision{2});
  CHECK(!r->complete());
  REQUIRE(r->failures.size() == 1);
  CHECK(r->failures[0].subscriber == 0);
  CHECK(r->failures[0].stream == "a");
  CHECK(r->failures[0].revision == ab::revision{1});
  CHECK(r->failures[0].why == ab::errc::io);
  CHECK(told.empty());
  // The next commit is told again, and who catches up misses nothing.
  CHECK(hub.append(a, deposited{3})->complete());
  CHECK(told == lines{"a@3 +3"});
  lines caught_up;
  auto feed = ab::catch_up(*bank, ab::position{0});
  CHECK(*feed.poll(9, scribe{&caught_up}) == 3);
  CHECK(caught_up == lines{"a@1 +1", "a@2 +2", "a@3 +3"});
  // Without subscribers nothing is read.
  s.unsubscribe();
  disk.fail(file_call::read, 1, EIO);
  CHECK(hub.append(a, deposited{4})->complete());
}

TEST_CASE("what couldn't be synced is told to nobody", "[subscription][R20][R71]") {
  faulty_disk disk;
  {
    auto bank = open_on(disk);
    REQUIRE(bank);
    auto a = bank->stream("a");
    ab::hub hub(*bank);
    lines told;
    auto const s = hub.subscribe(scribe{&told});
    auto feed = ab::catch_up("feed", a);
    REQUIRE(feed);
    REQUIRE(hub.commit(ab::inlined<balance>(a.write(deposited{1}))));
    CHECK(*feed->poll(9, [](ab::others) {}) == 1);
    disk.fail(file_call::sync_data, 1, EIO);
    CHECK(!hub.commit(ab::inlined<balance>(a.write(deposited{2})), feed->write_checkpoint()));
    CHECK(told == lines{"a@1 +1"});
    CHECK(a.last() == ab::revision{1});
    CHECK(ab::load_inlined<balance>(a)->state.cents == 1);
    CHECK(ab::catch_up("feed", a)->checkpoint() == ab::revision{0});
    disk.power_failure();
  }
  auto bank = open_on(disk);
  REQUIRE(bank);
  auto a = bank->stream("a");
  // Event, state and checkpoint are from one commit, whichever it was.
  CHECK(ab::load_inlined<balance>(a)->through == a.last());
  CHECK(ab::catch_up("feed", a)->checkpoint().value == a.last().value - 1);
}

}  // namespace
}  // namespace subscribing
