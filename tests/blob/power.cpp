// What was acknowledged survives a power failure, and what wasn't is whole or absent.
#include "power_disk.hpp"
#include "stores.hpp"

#include <set>
#include <utility>
#include <vector>

using blobs::octets;
using blobs::some;

namespace {

using folder = ab::folder_blobs<ab::sha256, blobs::power_files>;

ab::result<folder> open(blobs::power_disk& disk) {
  blobs::power_files files;
  files.disk = &disk;
  return folder::open("blobs", {}, files);
}

ab::blob_ref named(ab::bytes const& content) { return {ab::sha256::of(content), content.size(), octets}; }

constexpr unsigned seeds = 40;  // of the dice that say what a failure leaves

ab::bytes const contents[] = {some(2500, 1), some(10, 2), {}, some(3000, 3)};

// What a program does, and what it was told.
struct program {
  std::set<std::size_t> kept{}, erased{}, unsure{};  // of `contents`

  void run(blobs::power_disk& disk) {
    auto f = open(disk);
    if (!f) return;
    put(*f, 0);
    put_in_pieces(*f, 1);
    put(*f, 0);  // it is there already
    put_in_pieces(*f, 2);
    erase(*f, 1);
    put_in_pieces(*f, 2);
    put(*f, 3);
  }

 private:
  void put(folder& f, std::size_t i) { note(i, f.put(contents[i], octets).has_value(), kept); }
  void put_in_pieces(folder& f, std::size_t i) {
    auto w = f.writer(octets);
    bool good = w.has_value();
    ab::bytes_view const c = contents[i];
    good = good && w->append(c.first(c.size() / 2)) && w->append(c.subspan(c.size() / 2)) && w->finish();
    note(i, good, kept);
  }
  void erase(folder& f, std::size_t i) { note(i, f.erase(named(contents[i]).id).has_value(), erased); }
  void note(std::size_t i, bool good, std::set<std::size_t>& as) {
    if (!good && &as == &kept && kept.contains(i)) return;  // it was there before, and still is
    kept.erase(i);
    erased.erase(i);
    unsure.erase(i);
    (good ? as : unsure).insert(i);
  }
};

void check(blobs::power_disk& disk, program const& p) {
  auto f = open(disk);
  REQUIRE(f);
  for (std::size_t i = 0; i < std::size(contents); ++i) {
    auto const got = f->get(named(contents[i]));
    INFO("content " << i);
    if (got) {
      REQUIRE(*got == contents[i]);
      REQUIRE_FALSE(p.erased.contains(i));
    } else {
      INFO(got.error());
      REQUIRE(got.error() == ab::no_such_blob);  // never a file with its name and other bytes
      REQUIRE_FALSE(p.kept.contains(i));
    }
  }
  // And it goes on.
  for (auto const& c : contents) REQUIRE(f->put(c, octets));
  REQUIRE(f->list()->size() == std::size(contents));
}

}  // namespace

TEST_CASE("The power may fail at any call, and nothing acknowledged is lost", "[blob][R65][R71][R73]") {
  int calls = 0;
  {
    blobs::power_disk disk(0);
    program p;
    p.run(disk);
    REQUIRE(p.kept == std::set<std::size_t>{0, 2, 3});
    REQUIRE(p.erased == std::set<std::size_t>{1});
    calls = disk.calls();
  }
  REQUIRE(calls > 80);
  for (int k = 1; k <= calls + 1; ++k) {
    for (unsigned seed = 0; seed < seeds; ++seed) {
      blobs::power_disk disk(seed);
      program p;
      disk.halt_after(k);
      p.run(disk);
      disk.power_failure();
      INFO("dead at call " << k << " of " << calls << ", seed " << seed);
      check(disk, p);
      disk.power_failure();
      program all;
      all.kept = {0, 1, 2, 3};
      check(disk, all);
    }
  }
}

// Another process relies on what the first one had written but not synced when it died.
TEST_CASE("What a process acknowledges is durable, whoever wrote it", "[blob][R65][R71]") {
  for (int k = 1;; ++k) {
    bool died = false;
    for (unsigned seed = 0; seed < seeds; ++seed) {
      blobs::power_disk disk(seed);
      disk.halt_after(k);
      if (auto f = open(disk)) (void)f->put(contents[0], octets);
      died = disk.halted();
      disk.kill();  // the process alone: what it wrote is still there
      program second;
      {
        auto f = open(disk);
        REQUIRE(f);
        REQUIRE(f->put(contents[0], octets));
        second.kept = {0};
      }
      disk.power_failure();
      INFO("the first died at call " << k << ", seed " << seed);
      check(disk, second);
    }
    if (!died) break;
  }
}
