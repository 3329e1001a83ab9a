// A store on a disk that fails at every call, loses power at every moment, and is full at every size: what was acknowledged
// is there, each commit whole, and errors say what they are.
#include "spine/events.hpp"
#include "spine/observed.hpp"

#include <anabranch/testing/faulty_files.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace spine {
namespace {

using ab::testing::faulty_disk;
using ab::testing::file_call;
using store_type =
    ab::store<both_families,
              ab::policies<ab::file_storage<ab::sync_each, ab::testing::faulty_files>, ab::global_order>>;
using snapshot_of = std::vector<std::string>;

ab::result<store_type> open_on(faulty_disk& disk, ab::file::open_mode mode = ab::file::open_mode::write) {
  ab::file::log_options options;
  options.mode = mode;
  options.segment_size = 8192;
  return store_type::open("store", options, ab::testing::faulty_files{&disk});
}

// Each touches two streams of two families and a table, so that half of it would show; some are larger than a segment.
ab::result<void> commit_number(store_type& s, int n) {
  auto a = stream<account_event>(s, "a"), b = stream<account_event>(s, "b");
  auto o = stream<order_event>(s, "orders");
  auto t = kv<std::int64_t>(s, "t");
  std::vector<account_event> const notes(n % 7 == 6 ? 3 : 1, noted{std::string(n % 7 == 6 ? 4000 : 10, 'x')});
  auto const r =
      ab::commit(a.write_all(notes), o.write(ordered{n}), t.write("n", n), t.write("k" + std::to_string(n % 3), n),
                 b.write(deposited{n}), t.write_erasure("k" + std::to_string((n + 1) % 3)),
                 a.write_truncation(ab::revision{n % 5 == 4 ? n - 3 : 0}));
  if (!r) return r.error();
  return {};
}
constexpr int commits = 16;

// What can be seen after each number of commits.
std::vector<snapshot_of> const& states() {
  static auto const all = [] {
    faulty_disk disk;
    auto s = *open_on(disk);
    std::vector<snapshot_of> v{observed(s)};
    for (int n = 0; n < commits; ++n) {
      REQUIRE(commit_number(s, n));
      v.push_back(observed(s));
    }
    return v;
  }();
  return all;
}

struct outcome {
  int acknowledged = 0;
  bool in_doubt = false;  // whether a commit ended in an error that doesn't say that nothing was kept
  bool opened = false;
  std::vector<ab::error> errors{};
};

// Opens, and commits as long as the store isn't failed for good. After each error, what is seen is what was before it.
outcome work(faulty_disk& disk) {
  outcome r;
  auto s = open_on(disk);
  if (!s) {
    r.errors.push_back(s.error());
    return r;
  }
  r.opened = true;
  for (int n = 0, tries = 0; n < commits && tries < 3;) {
    auto const ok = commit_number(*s, n);
    if (ok) {
      r.acknowledged = ++n;
      tries = 0;
      continue;
    }
    ++tries;
    r.errors.push_back(ok.error());
    if (ok.error() != ab::errc::disk_full) r.in_doubt = true;
    CHECK(kv<std::int64_t>(*s, "t").get("n")->value_or(-1) == n - 1);
    CHECK(stream<account_event>(*s, "b").last() == ab::revision{n});
    CHECK(stream<order_event>(*s, "orders").last() == ab::revision{n});
    CHECK(*kv<std::int64_t>(*s, "t").contains("k" + std::to_string((n + 2) % 3)) == (n > 0));
    if (disk.halted()) break;
  }
  return r;
}

// All of it is there, and perhaps the one that nobody knows of.
void is_all_there(faulty_disk& disk, outcome const& was) {
  auto s = open_on(disk);
  if (!s) FAIL(s.error());
  auto const now = observed(*s);
  auto const n = static_cast<std::size_t>(was.acknowledged);
  bool const as_acknowledged = now == states()[n];
  bool const one_more = was.in_doubt && n < commits && now == states()[n + 1];
  CHECK((as_acknowledged || one_more));
  // And it goes on from there.
  auto const next = static_cast<int>(one_more ? n + 1 : n);
  if (next < commits) {
    REQUIRE(commit_number(*s, next));
    CHECK(observed(*s) == states()[static_cast<std::size_t>(next) + 1]);
  }
}

TEST_CASE("a call that fails, of any kind, at any time, loses nothing", "[R73][R9][R71]") {
  auto const error = GENERATE(EIO, ENOSPC);
  auto const power = GENERATE(false, true);
  for (std::uint64_t k = 1;; ++k) {
    faulty_disk disk(k);
    disk.fail(file_call::any, k, error);
    auto const was = work(disk);
    INFO("call " << k << " fails with " << (error == EIO ? "EIO" : "ENOSPC") << (power ? ", then the power" : ""));
    for (auto const& e : was.errors) {
      INFO(e);
      CHECK_FALSE(e.what.empty());
      CHECK_FALSE(e.advice.empty());
      auto const clear = e == ab::errc::io || e == ab::errc::disk_full || e == ab::errc::failed;
      CHECK(clear);
    }
    bool const reached = disk.count(file_call::any) >= k;
    disk.clear_faults();
    if (power)
      disk.power_failure();
    else
      disk.kill();
    is_all_there(disk, was);
    if (!reached) {
      CHECK(k > 50);
      break;
    }
  }
}

TEST_CASE("a power failure at any time leaves whole commits, and all that were acknowledged", "[R9][R73][R71]") {
  for (std::uint64_t k = 1;; ++k) {
    INFO("the machine stops at call " << k);
    faulty_disk disk(k * 7919);
    disk.halt(k);
    auto was = work(disk);
    was.in_doubt = true;
    bool const reached = disk.halted();
    disk.power_failure();
    is_all_there(disk, was);
    if (!reached) {
      CHECK(was.acknowledged == commits);
      break;
    }
  }
}

TEST_CASE("a disk that is full says so, and goes on when there is space", "[R73]") {
  int refused = 0;
  for (std::uint64_t space = 0; space < 40'000; space += 1024) {
    INFO(space << " bytes");
    faulty_disk disk;
    disk.set_space(space);
    auto const was = work(disk);
    for (auto const& e : was.errors) {
      INFO(e);
      CHECK(e == ab::errc::disk_full);
    }
    refused += was.errors.empty() ? 0 : 1;
    CHECK((was.acknowledged == commits) == was.errors.empty());
    disk.set_space(std::uint64_t{1} << 30U);
    disk.kill();
    is_all_there(disk, was);
  }
  CHECK(refused > 3);
}

TEST_CASE("damage from outside: what lies before it stays readable, and the rest is reported with its place",
          "[R73][R71]") {
  faulty_disk disk;
  std::vector<ab::file::location> ends;
  {
    auto s = *open_on(disk);
    ends.push_back(ab::detail::store_access::engine(s).end());
    for (int n = 0; n < commits; ++n) {
      REQUIRE(commit_number(s, n));
      ends.push_back(ab::detail::store_access::engine(s).end());
    }
  }
  disk.settle();
  using ab::file::location;
  int corrupt = 0, salvaged = 0;
  for (std::uint64_t segment = 1;; ++segment) {
    auto const* const file = disk.contents("store", ab::file::detail::segment_name(segment).view());
    if (file == nullptr) break;
    auto const size = file->size();
    for (std::size_t at = 0; at < size; at += at < 32 ? 1 : at < 4096 ? 211 : 19) {
      INFO("segment " << segment << ", byte " << at);
      auto damaged = disk;
      (*damaged.contents("store", ab::file::detail::segment_name(segment).view()))[at] ^= std::byte{0x20};
      damaged.settle();
      auto const place = location::in(segment, at);
      auto const before = static_cast<std::size_t>(
          std::count_if(ends.begin(), ends.end(), [&](location const& end) { return end <= place; }));

      auto const s = open_on(damaged);
      damaged.kill();
      if (s) {
        // It lay behind everything, or in bytes that nothing depends on.
        auto again = *open_on(damaged);
        CHECK(observed(again) == states()[commits]);
        damaged.kill();
        continue;
      }
      INFO(s.error());
      auto const reported = s.error() == ab::errc::corrupt || s.error() == ab::errc::wrong_format;
      CHECK(reported);
      CHECK(s.error().where.view().find("store") != std::string_view::npos);
      ++corrupt;
      auto rest = open_on(damaged, ab::file::open_mode::salvage);
      if (!rest) {
        // Without its first bytes it is no store at all, and nothing lies before them.
        INFO(rest.error());
        CHECK((segment == 1 && at < 16));
        continue;
      }
      ++salvaged;
      CHECK(rest->recovery().state == ab::file::recovery_state::corrupt);
      CHECK(rest->recovery().segment == segment);
      CHECK(rest->recovery().from <= at);
      CHECK(rest->recovery().to > at);
      auto const seen = observed(*rest);
      auto const least = states().begin() + static_cast<std::ptrdiff_t>(before > 0 ? before - 1 : 0);
      CHECK(std::find(least, states().end(), seen) != states().end());
      CHECK(stream<account_event>(*rest, "a").append(deposited{1}).error() == ab::errc::invalid_argument);
      CHECK(observed(*rest) == seen);
    }
  }
  CHECK(corrupt > 100);
  CHECK(salvaged > 100);
}

}  // namespace
}  // namespace spine
