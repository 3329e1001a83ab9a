#include "anabranch/storage/file/reader.hpp"

#include "catch.hpp"
#include "directory.hpp"

#include <filesystem>
#include <utility>
#include <vector>

namespace {

using namespace storage_log;
using ab::errc;
using ab::file::byte_log;
using ab::file::frame;
using ab::file::location;
namespace format = ab::file::format;

constexpr location beginning = location::in(1, format::header_size);

struct written {
  std::vector<location> at;
  std::vector<std::size_t> size;
};

// `n` commits of one frame each, of many sizes, over several segments.
template <class Log>
written fill(Log& log, std::uint64_t n, std::size_t most = 3000) {
  written w;
  dice d{3};
  for (std::uint64_t i = 1; i <= n; ++i) {
    w.size.push_back(static_cast<std::size_t>(d(10) == 0 ? d(most) : d(100)));
    auto const r = commit(log, i, w.size.back());
    REQUIRE(r);
    w.at.push_back(*r);
  }
  return w;
}

}  // namespace

TEST_CASE("a reader finds every frame at its location, in any order", "[R74]") {
  scratch const dir;
  auto log = byte_log<ab::no_sync>::open(dir / "a", {}, visited(), small);
  REQUIRE(log);
  auto const w = fill(*log, 400, 20'000);
  REQUIRE(log->end().segment() > 3);
  for (std::size_t const window : {1U, 8192U, 20'000U, 1U << 18U}) {
    auto forward = log->read(window), random = log->read(window), backward = log->read(window);
    dice d{17};
    for (std::size_t i = 0; i < w.at.size(); ++i) {
      auto const check = [&](auto& reader, std::size_t k) {
        auto const f = reader.at(w.at[k], log->end());
        REQUIRE(f);
        REQUIRE(f->number == k + 1);
        REQUIRE(f->payload.size() == w.size[k]);
        REQUIRE(f->at == w.at[k]);
        REQUIRE(holds(*f));
      };
      check(forward, i);
      check(random, static_cast<std::size_t>(d(w.at.size())));
      check(backward, w.at.size() - 1 - i);
    }
  }
}

TEST_CASE("a scan gives every frame once and in order, from any of them to any end", "[R74]") {
  scratch const dir;
  auto log = byte_log<ab::no_sync>::open(dir / "a", {}, visited(), small);
  REQUIRE(log);
  auto const w = fill(*log, 300, 20'000);
  for (std::size_t const window : {1U, 9000U, 1U << 18U}) {
    auto reader = log->read(window);
    visited all;
    REQUIRE(reader.scan(beginning, log->end(), all));
    CHECK(all.numbers == up_to(300));
    CHECK(all.intact);
    dice d{23};
    for (int i = 0; i < 60; ++i) {
      auto const a = static_cast<std::size_t>(d(300)), b = static_cast<std::size_t>(d(300));
      visited part;
      REQUIRE(reader.scan(w.at[a], w.at[b], part));
      REQUIRE(part.numbers.size() == (a < b ? b - a : 0));
      if (a < b) REQUIRE(part.numbers.front() == a + 1);
      REQUIRE(part.intact);
    }
  }
  auto reader = log->read();
  visited none;
  CHECK(reader.scan(log->end(), log->end(), none));
  CHECK(none.numbers.empty());
}

TEST_CASE("a reader follows a log that grows, and never shows what isn't published", "[R74]") {
  scratch const dir;
  auto log = byte_log<ab::no_sync>::open(dir / "a", {}, visited(), small);
  REQUIRE(log);
  auto reader = log->read();
  visited v;
  location seen = log->end();
  for (std::uint64_t i = 1; i <= 500; ++i) {
    auto const published = log->end();
    auto const at = commit(*log, i, 100);
    REQUIRE(at);
    CHECK(reader.at(*at, published).error() == errc::out_of_range);
    REQUIRE(reader.scan(seen, published, v));
    REQUIRE(v.numbers == up_to(i - 1));
    seen = published;
    auto const f = reader.at(*at, log->end());
    REQUIRE(f);
    REQUIRE(f->number == i);
  }
  CHECK(v.intact);
}

TEST_CASE("an error of who scans ends the scan", "[R74]") {
  scratch const dir;
  auto log = byte_log<ab::no_sync>::open(dir / "a", {}, visited(), small);
  (void)fill(*log, 20);
  std::uint64_t last = 0;
  auto const r = log->read().scan(beginning, log->end(), [&](frame const& f) -> ab::result<void> {
    last = f.number;
    if (f.number == 7) return ab::error(errc::malformed, "seven", "");
    return {};
  });
  REQUIRE_FALSE(r);
  CHECK(r.error() == errc::malformed);
  CHECK(last == 7);
}

TEST_CASE("places where no frame lies are told from damage", "[R73]") {
  scratch const dir;
  auto log = byte_log<ab::no_sync>::open(dir / "a", {}, visited(), small);
  auto const w = fill(*log, 20, 100);
  auto reader = log->read();
  CHECK(reader.at({}, log->end()).error() == errc::out_of_range);
  CHECK(reader.at(log->end(), log->end()).error() == errc::out_of_range);
  CHECK(reader.at(location::in(1, 8), log->end()).error() == errc::out_of_range);
  CHECK(reader.at(location::in(9, 4096), log->end()).error() == errc::out_of_range);
  // A marker is no frame of anybody's.
  CHECK(reader.at(w.at[0] + format::frame_size(w.size[0]), log->end()).error() == errc::out_of_range);
  // The middle of a frame doesn't check.
  CHECK(reader.at(w.at[1] + 8, log->end()).error() == errc::corrupt);
  CHECK(reader.at(w.at[2], log->end()));
}

TEST_CASE("a reader returns no damaged frame and says where the damage is", "[R71][R73]") {
  scratch const dir;
  auto const store = dir / "a";
  auto log = byte_log<>::open(store, {}, visited(), small);
  auto const w = fill(*log, 60, 100);
  REQUIRE(log->end().segment() == 1);
  auto const whole = slurp(segment(store, 1));
  for (std::size_t i = 0; i < w.at.size(); ++i) {
    auto bytes = whole;
    // The CRC, the length, the number, the tag, the kind, and the payload or padding.
    std::size_t const part[] = {0, 4, 6, 8, 16, 20, 24};
    auto const at = w.at[i].offset() + part[i % 7];
    if (i % 7 == 6 && w.size[i] == 0) continue;
    bytes[at] ^= std::byte{4};
    spill(segment(store, 1), bytes);
    auto reader = log->read();
    auto const f = reader.at(w.at[i], log->end());
    REQUIRE_FALSE(f);
    CHECK(f.error() == errc::corrupt);
    CHECK(f.error().where.view().starts_with("0000000001.segment bytes"));
    visited v;
    auto const r = reader.scan(beginning, log->end(), v);
    REQUIRE_FALSE(r);
    CHECK(r.error() == errc::corrupt);
    CHECK(v.numbers == up_to(i));
    CHECK(v.intact);
  }
  spill(segment(store, 1), whole);
  // Cut under its feet.
  std::filesystem::resize_file(segment(store, 1), w.at[30].offset() + 30);
  visited v;
  CHECK(log->read().scan(beginning, log->end(), v).error() == errc::corrupt);
  CHECK(v.numbers == up_to(30));
  std::filesystem::remove(segment(store, 1));
  CHECK(log->read().at(w.at[0], log->end()).error() == errc::io);
  spill(segment(store, 1), whole);
}
