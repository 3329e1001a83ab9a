// A disk that fails at every call, fills up at every byte, and loses power at every moment.
#include "anabranch/storage/file/byte_log.hpp"
#include "anabranch/testing/faulty_files.hpp"

#include "catch.hpp"
#include "directory.hpp"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <vector>

namespace {

using namespace storage_log;
using ab::errc;
using ab::file::recovery_state;
using ab::testing::faulty_disk;
using ab::testing::faulty_files;
using ab::testing::file_call;
namespace format = ab::file::format;

template <class Durability = ab::sync_each>
using log_on = ab::file::byte_log<Durability, faulty_files>;

template <class Durability = ab::sync_each>
ab::result<log_on<Durability>> open_on(faulty_disk& disk, visited& v, ab::file::log_options const& options = small) {
  return log_on<Durability>::open("a.log", {}, v, options, faulty_files{&disk});
}

// What a program knows of its log: commit number -> acknowledged, synced, refused, or in doubt.
struct history {
  std::vector<std::uint64_t> written{};   // acknowledged, in order
  std::size_t synced = 0;                 // how many of them are known durable
  std::vector<std::uint64_t> in_doubt{};  // what the last write held, where its outcome isn't known
  std::uint64_t next = 1;

  // What is found must be a prefix of what was written and, behind all of it, of what is in doubt.
  bool explains(std::vector<std::uint64_t> const& found, std::size_t at_least) const {
    std::vector<std::uint64_t> all = written;
    all.insert(all.end(), in_doubt.begin(), in_doubt.end());
    return found.size() >= at_least && found.size() <= all.size() &&
           std::equal(found.begin(), found.end(), all.begin());
  }
  void settle(std::vector<std::uint64_t> const& found) {
    written = found;
    synced = found.size();
    in_doubt.clear();
  }
};

// Writes groups of one to six commits, and now and then syncs or closes. Ends where the log fails for good or the
// machine halts.
template <class Log>
void work(Log& log, faulty_disk& disk, history& h, int steps) {
  ab::file::batch b;
  for (int i = 0; i < steps; ++i) {
    b.clear();
    std::vector<std::uint64_t> numbers;
    for (auto k = disk.below(6) + 1; k > 0; --k) {
      numbers.push_back(h.next);
      add_frame(b, h.next++, static_cast<std::size_t>(disk.below(12) == 0 ? disk.below(5000) : disk.below(200)));
      b.end_commit();
    }
    auto const r = log.commit(b);
    if (r) {
      h.written.insert(h.written.end(), numbers.begin(), numbers.end());
    } else if (r.error() != errc::disk_full || log.failed()) {
      h.in_doubt = numbers;
      return;
    }
    if (disk.below(5) == 0) (void)log.sync();
    if (log.failed()) return;
    if (log.synced() == log.end()) h.synced = h.written.size();
  }
}

// Lives through `lives` lives of a log that end in a power failure or a kill at a random call.
template <class Durability>
void lives(std::uint64_t seed, int count, bool power) {
  faulty_disk disk(seed);
  disk.set_can_allocate(disk.below(4) != 0);
  history h;
  for (int life = 0; life < count; ++life) {
    CAPTURE(seed, life);
    disk.set_most(disk.below(3) == 0 ? 100 + disk.below(3000) : ~std::size_t{0});
    bool const clean_end = disk.below(6) == 0;
    if (!clean_end) disk.halt(disk.below(200) + 1);
    {
      visited v;
      auto log = open_on<Durability>(disk, v);
      if (log) {
        REQUIRE(v.intact);
        REQUIRE(h.explains(v.numbers, h.written.size()));
        h.settle(v.numbers);
        work(*log, disk, h, 30);
      } else if (!disk.halted()) {
        FAIL(log.error().message().c_str());
      }
      if (!disk.halted() && !clean_end) disk.halt(1);
    }
    if (power && !clean_end) {
      disk.power_failure();
    } else {
      if (clean_end) h.synced = h.written.size();
      disk.kill();
    }
    visited v;
    auto const reopened = open_on<Durability>(disk, v);
    if (!reopened) FAIL(reopened.error().message().c_str());
    REQUIRE(v.intact);
    auto const at_least = power && !clean_end ? h.synced : h.written.size();
    if (!h.explains(v.numbers, at_least)) {
      CAPTURE(v.numbers.size(), h.written.size(), h.synced, h.in_doubt.size());
      FAIL("what was found isn't what was written");
    }
    h.settle(v.numbers);
  }
}

}  // namespace

TEST_CASE("power failures leave a prefix of whole commits with all that was synced", "[R71][R73]") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    lives<ab::sync_each>(seed, 8, true);
    lives<ab::sync_group>(seed + 1000, 8, true);
    lives<ab::sync_interval<20>>(seed + 2000, 8, true);
    lives<ab::no_sync>(seed + 3000, 8, true);
  }
}

TEST_CASE("a killed process loses nothing that was acknowledged", "[R71][R73]") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    lives<ab::sync_each>(seed, 8, false);
    lives<ab::no_sync>(seed + 5000, 8, false);
  }
}

TEST_CASE("creation can be cut short at any call", "[R71][R73]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (std::uint64_t k = 1;; ++k) {
      CAPTURE(seed, k);
      faulty_disk disk(seed);
      disk.halt(k);
      bool done = false;
      {
        visited v;
        auto const log = open_on(disk, v);
        done = log.has_value();
      }
      if (seed % 2 == 0) {
        disk.power_failure();
      } else {
        disk.kill();
      }
      visited v;
      auto log = open_on(disk, v);
      if (!log) FAIL(log.error().message().c_str());
      REQUIRE(commit(*log, 1, 10));
      if (done) break;
    }
  }
}

TEST_CASE("any call may fail at any time: an error value, and nothing acknowledged is lost", "[R71][R73]") {
  for (int const error : {EIO, ENOSPC, EACCES}) {
    for (std::uint64_t k = 1; k < 400; ++k) {
      CAPTURE(error, k);
      faulty_disk disk(k);
      disk.fail(file_call::any, k, error);
      history h;
      {
        visited v;
        auto log = open_on(disk, v);
        if (log) work(*log, disk, h, 40);
        if (log && log->failed()) {
          CHECK(commit(*log, 1, 1).error() == errc::failed);
          CHECK(log->sync().error() == errc::failed);
        }
      }
      disk.kill();
      visited v;
      auto log = open_on(disk, v);
      if (!log) FAIL(log.error().message().c_str());
      REQUIRE(v.intact);
      REQUIRE(h.explains(v.numbers, h.written.size()));
      REQUIRE(commit(*log, h.next, 10));
    }
  }
}

TEST_CASE("a failed sync is final until the log is opened again, and then lost pages are written once more", "[R71]") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    faulty_disk disk(seed);
    history h;
    {
      visited v;
      auto log = open_on(disk, v);
      REQUIRE(log);
      work(*log, disk, h, 5);
      disk.fail(file_call::sync_data, 1, EIO);
      auto const r = commit(*log, h.next, 2000);
      REQUIRE_FALSE(r);
      CHECK(r.error() == errc::failed);
      CHECK(r.error().what == "the device reported an input/output error");
      CHECK(log->failed());
      CHECK(commit(*log, h.next + 1, 10).error() == errc::failed);
      CHECK(log->sync().error() == errc::failed);
      // Reading goes on.
      visited all;
      CHECK(log->read().scan(ab::file::location::in(1, format::header_size), log->synced(), all));
      CHECK(all.numbers == h.written);
      h.in_doubt = {h.next++};
    }
    disk.kill();
    {
      // The cache still shows the commit, although the disk may not have it. Once it was visited, it must stay.
      visited v;
      auto log = open_on(disk, v);
      REQUIRE(log);
      REQUIRE(h.explains(v.numbers, h.written.size()));
      h.settle(v.numbers);
      work(*log, disk, h, 2);
      h.synced = h.written.size();
      disk.halt(1);
    }
    disk.power_failure();
    visited v;
    auto const log = open_on(disk, v);
    if (!log) FAIL(log.error().message().c_str());
    REQUIRE(h.explains(v.numbers, h.written.size()));
  }
}

TEST_CASE("a full disk is an error value; the log stays usable and keeps what it has", "[R71][R73]") {
  for (bool const can_allocate : {true, false}) {
    for (std::uint64_t blocks = 0; blocks < 24; ++blocks) {
      CAPTURE(can_allocate, blocks);
      faulty_disk disk(blocks + 1);
      disk.set_can_allocate(can_allocate);
      disk.set_space(blocks * faulty_disk::block);
      history h;
      {
        visited v;
        auto log = open_on(disk, v);
        if (!log) {
          REQUIRE(log.error() == errc::disk_full);
          continue;
        }
        bool full = false;
        ab::file::batch b;
        for (int i = 0; i < 200; ++i) {
          b.clear();
          std::vector<std::uint64_t> numbers;
          for (int k = 0; k < 3; ++k) {
            numbers.push_back(h.next);
            add_frame(b, h.next++, 100 + static_cast<std::size_t>(disk.below(900)));
            b.end_commit();
          }
          auto const before = log->end();
          if (auto const r = log->commit(b)) {
            h.written.insert(h.written.end(), numbers.begin(), numbers.end());
          } else {
            REQUIRE(r.error() == errc::disk_full);
            REQUIRE_FALSE(log->failed());
            // At most there is a new segment with nothing in it.
            auto const fresh = ab::file::location::in(before.segment() + 1, format::header_size);
            REQUIRE((log->end() == before || log->end() == fresh));
            full = true;
            if (i % 8 == 0) disk.set_space(disk.below(4) * faulty_disk::block);  // somebody removes something
          }
        }
        REQUIRE(full);
        visited all;
        REQUIRE(log->read().scan(ab::file::location::in(1, format::header_size), log->end(), all));
        REQUIRE(all.numbers == h.written);
        disk.halt(1);
      }
      disk.power_failure();
      disk.set_space(1U << 30U);
      visited v;
      auto log = open_on(disk, v);
      if (!log) FAIL(log.error().message().c_str());
      REQUIRE(v.numbers == h.written);
      REQUIRE(v.intact);
      REQUIRE(commit(*log, h.next, 10));
    }
  }
}

TEST_CASE("a store on a full disk still opens", "[R73]") {
  faulty_disk disk;
  {
    visited v;
    auto log = open_on(disk, v);
    for (std::uint64_t i = 1; i <= 20; ++i) REQUIRE(commit(*log, i, 100));
  }
  disk.contents("a.log", "0000000001.segment")->resize(6000);
  disk.settle();
  disk.set_space(0);
  visited v;
  auto log = open_on(disk, v);
  REQUIRE(log);
  CHECK_FALSE(v.numbers.empty());
}

TEST_CASE("what a full disk refused never comes back", "[R71][R73]") {
  // A group that failed half-way leaves whole commits behind its first torn one; a smaller group then takes its place.
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    faulty_disk disk(seed);
    history h;
    {
      visited v;
      auto log = open_on(disk, v);
      REQUIRE(log);
      work(*log, disk, h, 3);
      ab::file::batch group;
      for (std::uint64_t i = 0; i < 20; ++i) {
        add_frame(group, 1'000'000 + i, 40);
        group.end_commit();
      }
      // The zeros that should take it back may find no space either, on file systems that never write in place.
      auto const failing = 1 + disk.below(2);
      disk.fail(file_call::write, failing, ENOSPC);
      if (disk.below(2) == 0) disk.fail(file_call::write, failing + 1, ENOSPC);
      auto const r = log->commit(group);
      if (!r) REQUIRE(r.error() == errc::disk_full);
      if (r) {
        for (std::uint64_t i = 0; i < 20; ++i) h.written.push_back(1'000'000 + i);
        h.synced = h.written.size();
      }
      disk.halt(1 + disk.below(4));
      add_frame(group, 1, 1);
      group.clear();
      add_frame(group, h.next, 40);
      group.end_commit();
      if (log->commit(group)) {
        h.written.push_back(h.next);
      } else {
        h.in_doubt = {h.next};
      }
      if (!disk.halted()) disk.halt(1);
    }
    disk.power_failure();
    visited v;
    auto const log = open_on(disk, v);
    if (!log) FAIL(log.error().message().c_str());
    REQUIRE(h.explains(v.numbers, h.written.size()));
  }
}

TEST_CASE("short reads and writes are carried on with") {
  faulty_disk disk;
  disk.set_most(37);
  {
    visited v;
    auto log = open_on(disk, v);
    REQUIRE(log);
    for (std::uint64_t i = 1; i <= 60; ++i) REQUIRE(commit(*log, i, 500));
    visited all;
    REQUIRE(log->read().scan(ab::file::location::in(1, format::header_size), log->end(), all));
    CHECK(all.numbers == up_to(60));
    CHECK(all.intact);
  }
  visited v;
  CHECK(open_on(disk, v));
  CHECK(v.numbers == up_to(60));
  CHECK(v.intact);
}

TEST_CASE("an opening that fails half-way leaves the store as it was", "[R73]") {
  faulty_disk disk;
  {
    visited v;
    auto log = open_on<ab::no_sync>(disk, v);
    for (std::uint64_t i = 1; i <= 60; ++i) REQUIRE(commit(*log, i, 500));
    disk.halt(1);
  }
  disk.kill();
  for (std::uint64_t k = 1; k < 60; ++k) {
    disk.fail(file_call::any, k, EIO);
    visited v;
    {
      auto const log = open_on(disk, v);
      if (!log) CHECK(log.error() == errc::io);
      disk.halt(1);
    }
    disk.kill();
  }
  visited v;
  REQUIRE(open_on(disk, v));
  CHECK(v.numbers == up_to(60));
}

TEST_CASE("a store takes any bytes in its segments, and what opens is whole", "[R73]") {
  faulty_disk base(1);
  {
    visited v;
    auto log = open_on(base, v);
    for (std::uint64_t i = 1; i <= 90; ++i) REQUIRE(commit(*log, i, static_cast<std::size_t>(i * 13 % 800)));
  }
  base.kill();
  base.settle();
  char const* const names[] = {"0000000001.segment", "0000000002.segment", "0000000003.segment"};
  for (auto const* const name : names) REQUIRE(base.contents("a.log", name) != nullptr);
  dice d{11};
  int opened = 0, refused = 0;
  for (int round = 0; round < 1500; ++round) {
    CAPTURE(round);
    auto disk = base;
    auto& bytes = *disk.contents("a.log", names[d(3)]);
    auto const at = [&] { return static_cast<std::size_t>(d(4) == 0 ? d(format::header_size) : d(bytes.size())); };
    switch (d(6)) {
      case 0: bytes[at()] = static_cast<std::byte>(d(256)); break;
      case 1: {
        auto const from = at(), n = std::min<std::size_t>(bytes.size() - from, static_cast<std::size_t>(d(9000)));
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), n, std::byte{});
        break;
      }
      case 2: bytes.resize(at()); break;
      case 3: {  // a header that checks and says something else
        namespace place = format::at;
        std::size_t const fields[] = {place::salt, place::segment, place::first_sequence, place::capacity,
                                      place::config_size};
        std::size_t const field = fields[d(5)];
        auto const value = d(3) == 0 ? d(8) : d(1U << 20U);
        if (field == place::config_size) {
          format::put32(bytes.data() + field, static_cast<std::uint32_t>(value));
        } else {
          format::put64(bytes.data() + field, value);
        }
        format::put32(bytes.data() + place::crc, format::header_crc(bytes.data()));
        break;
      }
      case 4:
        for (int k = 0; k < 40; ++k) bytes[at()] = static_cast<std::byte>(d(256));
        break;
      default: bytes.insert(bytes.end(), static_cast<std::size_t>(d(5000)), static_cast<std::byte>(d(3)));
    }
    disk.settle();
    ab::file::open_mode const modes[] = {ab::file::open_mode::salvage, ab::file::open_mode::read,
                                         ab::file::open_mode::write};
    for (auto const mode : modes) {
      visited v;
      auto log = open_on(disk, v, {mode, small.segment_size});
      REQUIRE(v.intact);
      REQUIRE(v.numbers == up_to(v.numbers.size()));
      if (!log) {
        REQUIRE((log.error() == errc::corrupt || log.error() == errc::wrong_format));
        REQUIRE_FALSE(log.error().where.empty());
        ++refused;
      } else if (mode == ab::file::open_mode::write) {
        ++opened;
        REQUIRE(commit(*log, v.numbers.size() + 1, 20));
        visited again;
        REQUIRE(log->read().scan(ab::file::location::in(1, format::header_size), log->end(), again));
        REQUIRE(again.numbers == up_to(v.numbers.size() + 1));
      }
    }
  }
  CHECK(opened > 100);
  CHECK(refused > 100);
}
