#include "anabranch/storage/file/byte_log.hpp"

#include "catch.hpp"
#include "directory.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace storage_log;
using ab::errc;
using ab::file::byte_log;
using ab::file::recovery_state;
namespace format = ab::file::format;

ab::bytes_view config(std::string_view s) { return {reinterpret_cast<std::byte const*>(s.data()), s.size()}; }

// Runs `f` in a process that ends without closing anything, and waits for it.
template <class F>
int in_a_process(F&& f) {
  auto const child = ::fork();
  if (child == 0) ::_exit(f());
  int status = -1;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("what was committed is there after closing and opening, segment after segment", "[R71]") {
  scratch const dir;
  auto const store = dir / "a.log";
  std::uint64_t n = 0;
  for (int session = 0; session < 4; ++session) {
    visited v;
    auto log = byte_log<>::open(store, {}, v, small);
    REQUIRE(log);
    CHECK(v.numbers == up_to(n));
    CHECK(v.intact);
    CHECK(log->recovery().state == recovery_state::clean);
    for (int i = 0; i < 50; ++i) {
      ++n;
      auto const at = commit(*log, n, static_cast<std::size_t>(n * 37 % 700));
      REQUIRE(at);
      REQUIRE(log->synced() == log->end());
      REQUIRE(*at < log->end());
    }
  }
  CHECK(std::filesystem::exists(segment(store, 4)));
  visited v;
  auto const log = byte_log<>::open(store, {}, v, reading);
  REQUIRE(log);
  CHECK(v.numbers == up_to(n));
  CHECK(v.intact);
  CHECK(log->recovery().frames == n);
  CHECK(log->recovery().commits == n);
}

TEST_CASE("several commits in one batch keep their places", "[R71]") {
  scratch const dir;
  auto log = byte_log<>::open(dir / "a", {}, visited(), small);
  REQUIRE(log);
  file::batch b;
  std::vector<std::size_t> offsets;
  for (std::uint64_t i = 1; i <= 30; ++i) {
    b.begin_frame(1, 7, i);
    auto* const p = b.extend(i);
    for (std::size_t k = 0; k < i; ++k) p[k] = static_cast<std::byte>(i * 31 + k * 7 + 1);
    offsets.push_back(b.end_frame());
    if (i % 4 == 0) b.end_commit();
  }
  CHECK(log->commit(b).error() == errc::invalid_argument);  // the last two have no commit
  b.end_commit();
  auto const at = log->commit(b);
  REQUIRE(at);
  auto reader = log->read();
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    auto const f = reader.at(*at + offsets[i], log->synced());
    REQUIRE(f);
    CHECK(f->number == i + 1);
    CHECK(holds(*f));
  }
}

TEST_CASE("an empty batch is written as nothing") {
  scratch const dir;
  auto log = byte_log<>::open(dir / "a", {}, visited(), small);
  REQUIRE(log);
  file::batch const empty;
  auto const before = log->end();
  file::batch b;
  CHECK(log->commit(b));
  CHECK(log->end() == before);
}

TEST_CASE("payloads of any size are stored, 100 MB too", "[R73]") {
  scratch const dir;
  auto const store = dir / "a.log";
  std::vector<std::size_t> const sizes{0, 1, 7, 8, 9, 4096, 16384, 300'000, 1, 100'000'000, 5};
  {
    auto log = byte_log<ab::no_sync>::open(store, {}, visited(), small);
    REQUIRE(log);
    std::vector<file::location> at;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      auto const r = commit(*log, i, sizes[i]);
      REQUIRE(r);
      at.push_back(*r);
    }
    auto reader = log->read();
    for (std::size_t const i : {9U, 2U, 7U, 10U}) {
      auto const f = reader.at(at[i], log->end());
      REQUIRE(f);
      CHECK(f->payload.size() == sizes[i]);
      CHECK(holds(*f));
    }
  }
  visited v;
  std::vector<std::size_t> found;
  auto log = byte_log<>::open(
      store, {}, [&](file::frame const& f) { v(f), found.push_back(f.payload.size()); }, small);
  REQUIRE(log);
  CHECK(found == sizes);
  CHECK(v.intact);
}

TEST_CASE("a second writer is told at once that the store is locked, a reader isn't", "[R74]") {
  scratch const dir;
  auto const store = dir / "a.log";
  auto log = byte_log<>::open(store, {}, visited(), small);
  REQUIRE(log);
  REQUIRE(commit(*log, 1, 10));
  auto const second = byte_log<>::open(store, {}, visited(), small);
  REQUIRE_FALSE(second);
  CHECK(second.error() == errc::locked);
  CHECK(second.error().where.view().find("a.log") != std::string_view::npos);
  CHECK(in_a_process([&] {
          auto const r = byte_log<>::open(store, {}, visited(), small);
          return !r && r.error() == errc::locked ? 0 : 1;
        }) == 0);
  visited v;
  auto beside = byte_log<>::open(store, {}, v, reading);
  REQUIRE(beside);
  CHECK(v.numbers == up_to(1));
  CHECK(commit(*beside, 2, 10).error() == errc::invalid_argument);
  // A child that ends doesn't take the lock with it, nor does a move.
  auto moved = std::move(*log);
  CHECK(byte_log<>::open(store, {}, visited(), small).error() == errc::locked);
  moved = *byte_log<>::open(dir / "other", {}, visited(), small);
  CHECK(byte_log<>::open(store, {}, visited(), small));
}

TEST_CASE("a process that dies loses nothing that was acknowledged, under any policy", "[R71]") {
  auto const killed = [](auto policy) {
    using durability = decltype(policy);
    scratch const dir;
    auto const store = dir / "a.log";
    CHECK(in_a_process([&] {
            auto log = byte_log<durability>::open(store, {}, visited(), small);
            if (!log) return 1;
            for (std::uint64_t i = 1; i <= 120; ++i) {
              if (!commit(*log, i, 300)) return 2;
            }
            ::_exit(0);
          }) == 0);
    visited v;
    auto log = byte_log<durability>::open(store, {}, v, small);
    REQUIRE(log);
    CHECK(v.numbers == up_to(120));
    CHECK(v.intact);
    REQUIRE(commit(*log, 121, 10));
  };
  killed(ab::sync_each{});
  killed(ab::sync_group{});
  killed(ab::sync_interval<1000>{});
  killed(ab::no_sync{});
}

TEST_CASE("the policy says when a commit syncs", "[R71]") {
  scratch const dir;
  auto none = byte_log<ab::no_sync>::open(dir / "none", {}, visited(), small);
  REQUIRE(none);
  auto const before = none->synced();
  REQUIRE(commit(*none, 1, 10));
  CHECK(none->synced() == before);
  REQUIRE(none->sync());
  CHECK(none->synced() == none->end());
  auto often = byte_log<ab::sync_interval<0>>::open(dir / "often", {}, visited(), small);
  REQUIRE(often);
  REQUIRE(commit(*often, 1, 10));
  CHECK(often->synced() == often->end());
  auto rarely = byte_log<ab::sync_interval<1'000'000'000>>::open(dir / "rarely", {}, visited(), small);
  REQUIRE(rarely);
  REQUIRE(commit(*rarely, 1, 10));
  CHECK(rarely->synced() < rarely->end());
}

TEST_CASE("a cut file reopens to whole commits, says so, and takes more", "[R71][R73]") {
  scratch const dir;
  auto const store = dir / "a.log";
  std::vector<std::uint64_t> ends;
  CHECK(in_a_process([&] {
          auto log = byte_log<>::open(store, {}, visited(), small);
          for (std::uint64_t i = 1; i <= 20; ++i) {
            if (!commit(*log, i, static_cast<std::size_t>(i * 7 % 50))) return 1;
          }
          ::_exit(0);
        }) == 0);
  auto const whole = slurp(segment(store, 1));
  {
    visited v;
    auto log = byte_log<>::open(
        store, {},
        [&](file::frame const& f) {
          v(f);
          ends.push_back(f.at.offset() + format::frame_size(f.payload.size()) + format::marker_size);
        },
        reading);
    REQUIRE(log);
    REQUIRE(ends.size() == 20);
  }
  dice d{5};
  std::vector<std::uint64_t> cuts{format::header_size, format::header_size + 1};
  for (auto const e : ends) {
    for (auto const c : {e - 40, e - 33, e - 32, e - 1, e, e + 1}) cuts.push_back(c);
  }
  for (int i = 0; i < 20; ++i) cuts.push_back(format::header_size + d(ends.back() - format::header_size));
  for (auto const cut : cuts) {
    CAPTURE(cut);
    auto bytes = whole;
    bytes.resize(cut);
    spill(segment(store, 1), bytes);
    auto const kept = static_cast<std::uint64_t>(std::upper_bound(ends.begin(), ends.end(), cut) - ends.begin());
    {
      visited v;
      auto log = byte_log<>::open(store, {}, v, small);
      REQUIRE(log);
      CHECK(v.numbers == up_to(kept));
      CHECK(v.intact);
      CHECK(log->recovery().state == recovery_state::rolled_back);
      CHECK(log->recovery().segment == 1);
      CHECK(log->recovery().from == (kept == 0 ? format::header_size : ends[kept - 1]));
      CHECK_FALSE(log->recovery().reason.empty());
      REQUIRE(commit(*log, kept + 1, 20));
    }
    visited v;
    auto log = byte_log<>::open(store, {}, v, small);
    REQUIRE(log);
    CHECK(v.numbers == up_to(kept + 1));
    CHECK(v.intact);
    CHECK(log->recovery().state == recovery_state::clean);
    CHECK(std::filesystem::file_size(segment(store, 1)) == small.segment_size);
  }
}

// Behind what a header says there are zeros, which a cut can't take away.
TEST_CASE("a segment that is cut inside of its header opens as an empty one, or is refused and left", "[R71][R73]") {
  scratch const dir;
  auto const store = dir / "a.log";
  {
    auto log = byte_log<>::open(store, config("configuration"), visited(), small);
    for (std::uint64_t i = 1; i <= 3; ++i) REQUIRE(commit(*log, i, 20));
  }
  auto const whole = slurp(segment(store, 1));
  int opened = 0;
  for (std::size_t cut = 0; cut < format::header_size; cut += cut < 200 ? 1 : 97) {
    CAPTURE(cut);
    auto const bytes = ab::bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut));
    spill(segment(store, 1), bytes);
    visited v;
    auto log = byte_log<>::open(store, config("configuration"), v, small);
    if (log) {
      ++opened;
      CHECK(v.numbers.empty());
      CHECK(log->recovery().state == recovery_state::rolled_back);
      REQUIRE(commit(*log, 1, 20));
    } else {
      CHECK((log.error() == errc::wrong_format || log.error() == errc::corrupt));
      CHECK_FALSE(log.error().advice.empty());
      CHECK(slurp(segment(store, 1)) == bytes);
      CHECK(opened == 0);
    }
  }
  CHECK(opened > 100);
}

TEST_CASE("damage before synced commits is refused with its place; salvage reads what lies before it", "[R71][R73]") {
  scratch const dir;
  auto const store = dir / "a.log";
  {
    auto log = byte_log<>::open(store, {}, visited(), small);
    for (std::uint64_t i = 1; i <= 200; ++i) REQUIRE(commit(*log, i, 200));
  }
  REQUIRE(std::filesystem::exists(segment(store, 3)));
  for (std::uint64_t const number : {1U, 2U, 3U}) {
    auto const whole = slurp(segment(store, number));
    for (std::size_t const at : {std::size_t{100}, format::header_size + 5, std::size_t{6000}, std::size_t{8192}}) {
      CAPTURE(number, at);
      auto bytes = whole;
      for (std::size_t i = at; i < at + 16; ++i) bytes[i] ^= std::byte{0xFF};
      spill(segment(store, number), bytes);

      for (auto const& options : {small, reading}) {
        auto const log = byte_log<>::open(store, {}, visited(), options);
        REQUIRE_FALSE(log);
        CHECK(log.error() == errc::corrupt);
        CHECK(log.error().where.view().find(file::detail::segment_name(number).view()) != std::string_view::npos);
        CHECK(log.error().where.view().find("bytes") != std::string_view::npos);
        CHECK(log.error().advice.find("salvage") != std::string_view::npos);
      }
      CHECK(slurp(segment(store, number)) == bytes);  // untouched

      visited v;
      auto log = byte_log<>::open(store, {}, v, salvaging);
      REQUIRE(log);
      CHECK(v.intact);
      CHECK(v.numbers == up_to(v.numbers.size()));
      auto const& found = log->recovery();
      CHECK(found.state == recovery_state::corrupt);
      CHECK(found.segment == number);
      CHECK(found.from <= at);
      CHECK(at < found.to);
      CHECK(found.frames == v.numbers.size());
      if (at > format::header_size) {
        CHECK(found.from + 16 + 2 * (200 + 56) > at);  // everything before the damaged commit is there
      }
      CHECK(commit(*log, 1, 1).error() == errc::invalid_argument);
      CHECK(slurp(segment(store, number)) == bytes);
    }
    spill(segment(store, number), whole);
  }
  visited v;
  CHECK(byte_log<>::open(store, {}, v, small));
  CHECK(v.numbers == up_to(200));
}

TEST_CASE("segments that are missing, doubled, swapped or foreign are refused", "[R71][R73]") {
  scratch const dir;
  auto const store = dir / "a.log", other = dir / "b.log";
  for (auto const& s : {store, other}) {
    auto log = byte_log<>::open(s, config("same"), visited(), small);
    REQUIRE(log);
    for (std::uint64_t i = 1; i <= 200; ++i) REQUIRE(commit(*log, i, 200));
  }
  std::uint64_t last = 1;
  while (std::filesystem::exists(segment(store, last + 1))) ++last;
  REQUIRE(last >= 3);
  std::vector<ab::bytes> whole;
  for (std::uint64_t i = 1; i <= last; ++i) whole.push_back(slurp(segment(store, i)));
  auto const restore = [&] {
    std::filesystem::remove_all(store);
    std::filesystem::create_directory(store);
    for (std::uint64_t i = 1; i <= last; ++i) spill(segment(store, i), whole[i - 1]);
  };
  auto const refused = [&] {
    auto const log = byte_log<>::open(store, config("same"), visited(), small);
    auto const salvaged = byte_log<>::open(store, config("same"), visited(), salvaging);
    return !log && log.error() == errc::corrupt && salvaged && salvaged->recovery().state == recovery_state::corrupt;
  };
  for (std::uint64_t i = 1; i <= last; ++i) {
    CAPTURE(i);
    restore();
    std::filesystem::remove(segment(store, i));
    CHECK(refused());  // the last too: the one before it is sealed
    restore();
    std::filesystem::copy_file(segment(other, i), segment(store, i), std::filesystem::copy_options::overwrite_existing);
    CHECK(refused());
  }
  restore();
  spill(segment(store, last + 1), whole[0]);
  CHECK(refused());
  restore();
  spill(segment(store, last + 1), whole[last - 1]);
  CHECK(refused());
  restore();
  spill(segment(store, last + 2), whole[last - 1]);
  CHECK(refused());
  restore();
  std::swap(whole[0], whole[1]);
  restore();
  CHECK(refused());
  std::swap(whole[0], whole[1]);
  restore();
  std::filesystem::resize_file(segment(store, 2), 100);
  CHECK(refused());
  restore();
  std::filesystem::resize_file(segment(store, 2), 0);
  CHECK(refused());
  restore();
  CHECK(byte_log<>::open(store, config("same"), visited(), small));
}

TEST_CASE("what isn't a store, or a newer one, is refused and left as it was", "[R72][R73]") {
  scratch const dir;
  SECTION("a file") {
    spill(dir / "f", ab::bytes(10));
    CHECK(byte_log<>::open(dir / "f", {}, visited()).error() == errc::wrong_format);
  }
  SECTION("a directory with other files") {
    spill(dir / "letter.txt", ab::bytes(10));
    CHECK(byte_log<>::open(dir.path, {}, visited()).error() == errc::wrong_format);
    CHECK(std::distance(std::filesystem::directory_iterator(dir.path), std::filesystem::directory_iterator()) == 1);
  }
  SECTION("nothing to read") {
    CHECK(byte_log<>::open(dir / "none", {}, visited(), reading).error() == errc::io);
    CHECK(byte_log<>::open(dir.path, {}, visited(), reading).error() == errc::wrong_format);
    CHECK_FALSE(std::filesystem::exists(dir / "none"));
  }
  SECTION("a missing parent") {
    auto const r = byte_log<>::open(dir / "no/store", {}, visited());
    REQUIRE(r.error() == errc::io);
    CHECK(r.error().what == "the system found no such file or directory");
  }
  SECTION("a file named like a segment") {
    spill(segment(dir.path, 1), ab::bytes(10000, std::byte{'x'}));
    CHECK(byte_log<>::open(dir.path, {}, visited()).error() == errc::wrong_format);
    spill(segment(dir.path, 1), {});
    CHECK(byte_log<>::open(dir.path, {}, visited()).error() == errc::wrong_format);
  }
  SECTION("a newer format version") {
    { CHECK(byte_log<>::open(dir / "s", {}, visited(), small)); }
    auto bytes = slurp(segment(dir / "s", 1));
    bytes[format::at::version] = std::byte{9};
    spill(segment(dir / "s", 1), bytes);
    for (auto const& options : {small, reading, salvaging}) {
      auto const r = byte_log<>::open(dir / "s", {}, visited(), options);
      REQUIRE(r.error() == errc::wrong_format);
      CHECK(r.error().compares);
      CHECK(r.error().expected == 1);
      CHECK(r.error().actual == 9);
    }
    CHECK(slurp(segment(dir / "s", 1)) == bytes);
  }
}

TEST_CASE("every bit of a segment's header counts", "[R71]") {
  scratch const dir;
  auto const store = dir / "a.log";
  {
    auto log = byte_log<>::open(store, config("configuration"), visited(), small);
    REQUIRE(commit(*log, 1, 1));
  }
  auto const whole = slurp(segment(store, 1));
  for (std::size_t at = 0; at < format::header_size; at += at < 400 ? 1 : 61) {
    for (unsigned bit = 0; bit < 8; bit += at < 100 ? 1 : 3) {
      auto head = ab::bytes(whole.begin(), whole.begin() + format::header_size);
      head[at] ^= static_cast<std::byte>(1U << bit);
      file::segment_header h;
      std::uint32_t version = 0;
      if (file::parse_segment_header(head, h, version) == file::header_state::good)
        FAIL("bit " << bit << " of byte " << at);
    }
  }
}

TEST_CASE("the configuration is kept, and compared unless somebody else wants to", "[R72]") {
  scratch const dir;
  auto const store = dir / "a.log";
  { CHECK(byte_log<>::open(store, config("one"), visited(), small)); }
  {
    auto const same = byte_log<>::open(store, config("one"), visited(), small);
    REQUIRE(same);
    CHECK(std::ranges::equal(same->config(), config("one")));
  }
  CHECK(byte_log<>::open(store, config("two"), visited(), small).error() == errc::wrong_format);
  CHECK(byte_log<>::open(store, config("one and more"), visited(), small).error() == errc::wrong_format);
  CHECK(byte_log<>::open(store, {}, visited(), small).error() == errc::wrong_format);
  struct curious : visited {
    std::string seen;
    bool agree = true;
    ab::result<void> configured(ab::bytes_view stored) {
      seen.assign(reinterpret_cast<char const*>(stored.data()), stored.size());
      return agree ? ab::result<void>() : ab::error(errc::unknown_type, "no", "");
    }
  };
  curious c;
  CHECK(byte_log<>::open(store, config("two"), c, small));
  CHECK(c.seen == "one");
  c.agree = false;
  CHECK(byte_log<>::open(store, config("two"), c, small).error() == errc::unknown_type);
  ab::bytes const most(format::max_config, std::byte{1}), more(format::max_config + 1);
  CHECK(byte_log<>::open(dir / "b", most, visited(), small));
  CHECK(byte_log<>::open(dir / "b", most, visited(), small));
  CHECK(byte_log<>::open(dir / "c", more, visited(), small).error() == errc::invalid_argument);
  CHECK(byte_log<>::open(dir / "c", {}, visited(), {file::open_mode::write, 100}).error() == errc::invalid_argument);
}

TEST_CASE("an error of the visitor ends the opening") {
  scratch const dir;
  auto const store = dir / "a.log";
  {
    auto log = byte_log<>::open(store, {}, visited(), small);
    for (std::uint64_t i = 1; i <= 10; ++i) REQUIRE(commit(*log, i, 10));
  }
  std::uint64_t seen = 0;
  auto const r = byte_log<>::open(
      store, {},
      [&](file::frame const& f) -> ab::result<void> {
        seen = f.number;
        if (f.number == 5) return ab::error(errc::malformed, "five", "");
        return {};
      },
      small);
  REQUIRE_FALSE(r);
  CHECK(r.error() == errc::malformed);
  CHECK(seen == 5);
  CHECK(byte_log<>::open(store, {}, visited(), small));  // the lock is free again
}

TEST_CASE("a directory without permissions gives the system's reason", "[R73]") {
  if (::geteuid() == 0) return;  // root may everything
  scratch const dir;
  std::filesystem::permissions(dir.path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  auto const r = byte_log<>::open(dir / "a.log", {}, visited());
  REQUIRE(r.error() == errc::io);
  CHECK(r.error().what == "the system refused: permission denied");
  std::filesystem::permissions(dir.path, std::filesystem::perms::owner_all);
}

TEST_CASE("a process that reads follows one that writes", "[R74]") {
  scratch const dir;
  auto const store = dir / "a.log";
  auto writer = byte_log<ab::no_sync>::open(store, {}, visited(), small);
  REQUIRE(writer);
  visited v;
  auto log = byte_log<>::open(store, {}, v, reading);
  REQUIRE(log);
  CHECK(writer->follow(v).error() == errc::invalid_argument);
  for (std::uint64_t i = 1; i <= 300; ++i) {
    REQUIRE(commit(*writer, i, static_cast<std::size_t>(i * 7 % 400)));
    if (i % 3 != 0) continue;
    REQUIRE(log->follow(v));
    REQUIRE(v.numbers == up_to(i));
    REQUIRE(log->end() == writer->end());
    REQUIRE(log->recovery().frames == i);
  }
  CHECK(v.intact);
  CHECK(log->end().segment() > 3);
  visited all;
  CHECK(log->read().scan(file::location::in(1, format::header_size), log->end(), all));
  CHECK(all.numbers == up_to(300));
}

TEST_CASE("a reader beside a writer sees whole commits and no damage", "[R74]") {
  scratch const dir;
  auto const store = dir / "a.log";
  REQUIRE(byte_log<>::open(store, {}, visited(), small));
  constexpr std::uint64_t count = 3000;
  auto const child = ::fork();
  if (child == 0) {
    auto writer = byte_log<ab::no_sync>::open(store, {}, visited(), small);
    for (std::uint64_t i = 1; i <= count; ++i) {
      if (!commit(*writer, i, 700) || (i % 50 == 0 && !writer->sync())) ::_exit(1);
    }
    ::_exit(0);
  }
  visited v;
  auto log = byte_log<>::open(store, {}, v, reading);
  REQUIRE(log);
  int status = -1;
  while (v.numbers.size() < count) {
    auto const r = log->follow(v);
    if (!r) FAIL(r.error().message().c_str());
    visited again;
    if (v.numbers.size() % 7 == 0) {
      auto const fresh = byte_log<>::open(store, {}, again, reading);
      if (!fresh) FAIL(fresh.error().message().c_str());
      REQUIRE(again.numbers == up_to(again.numbers.size()));
    }
    if (status < 0 && ::waitpid(child, &status, WNOHANG) == child) REQUIRE(WEXITSTATUS(status) == 0);
  }
  if (status < 0) ::waitpid(child, &status, 0);
  CHECK(v.numbers == up_to(count));
  CHECK(v.intact);
}
