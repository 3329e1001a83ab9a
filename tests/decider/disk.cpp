// A disk that fails or loses power while a command is handled: its events, snapshot and marks are there together, or not at all.
#include "decider/bank.hpp"

#include <anabranch/testing/faulty_files.hpp>

#include <cerrno>

namespace deciding {
namespace {

using ab::testing::faulty_disk;
using ab::testing::faulty_files;
using ab::testing::file_call;
using bank_type = ab::store<account_event, ab::policies<ab::file_storage<ab::sync_each, faulty_files>>>;

ab::result<bank_type> open(faulty_disk& disk) {
  return bank_type::open("bank.store", ab::file::log_options{.segment_size = 8192}, faulty_files{&disk});
}

// Deposits 1, 2, …, each with a mark, every second with a snapshot. Gives how many were acknowledged.
std::int64_t pay_in(bank_type& bank, std::int64_t n) {
  auto const a = bank.stream("a");
  auto const marks = bank.kv<std::int64_t>("marks");
  for (std::int64_t i = 1; i <= n; ++i) {
    auto const r =
        ab::handle(a, teller{}, deposit{i}, ab::snapshot_every(2), ab::also([&] { return marks.write("last", i); }));
    if (!r) return i - 1;
  }
  return n;
}

// All that there is, is there whole; `least` of it for certain.
void must_be_whole(bank_type& bank, std::int64_t least) {
  auto const a = bank.stream("a");
  auto const folded = spine::project<ledger>(a);
  REQUIRE(folded);
  auto const n = folded->through.value;
  CHECK(n >= least);
  CHECK(folded->state.cents == n * (n + 1) / 2);
  CHECK(*bank.kv<std::int64_t>("marks").get_or("last", 0) == n);
  ledger::steps = 0;
  auto const loaded = ab::load<ledger>(a);
  REQUIRE(loaded);
  CHECK(ledger::steps == n % 2);
  CHECK(loaded->state == folded->state);
  CHECK(loaded->through == folded->through);
}

TEST_CASE("a power failure leaves events with their snapshot, or neither", "[decider][R9][R17]") {
  int halts = 0, lost = 0;
  for (std::uint64_t k = 1; k < 200; ++k) {
    INFO("the machine dies at call " << k);
    faulty_disk disk(k);
    std::int64_t acknowledged = 0;
    {
      auto bank = open(disk);
      REQUIRE(bank);
      disk.halt(k);
      acknowledged = pay_in(*bank, 5);
    }
    if (!disk.halted()) break;
    ++halts;
    lost += acknowledged < 5 ? 1 : 0;
    disk.power_failure();
    auto bank = open(disk);
    REQUIRE(bank);
    must_be_whole(*bank, acknowledged);
    CHECK(pay_in(*bank, 0) == 0);
  }
  CHECK(halts > 5);
  CHECK(lost > 5);
}

TEST_CASE("a write that fails leaves the state of before, in memory too", "[decider][R9][R17]") {
  auto const call = GENERATE(file_call::write, file_call::sync_data);
  faulty_disk disk;
  auto bank = open(disk);
  REQUIRE(bank);
  REQUIRE(pay_in(*bank, 1) == 1);
  disk.fail(call, 1, EIO);
  auto const a = bank->stream("a");
  auto const marks = bank->kv<std::int64_t>("marks");
  teller::decisions = 0;
  auto const r =
      ab::handle(a, teller{}, deposit{2}, ab::snapshot_every(2), ab::also([&] { return marks.write("last", 2); }));
  REQUIRE(!r);
  CHECK(r.error() != ab::errc::wrong_revision);
  CHECK(teller::decisions == 1);  // no conflict, so not decided again
  must_be_whole(*bank, 1);
  CHECK(a.last() == ab::revision{1});
}

}  // namespace
}  // namespace deciding
