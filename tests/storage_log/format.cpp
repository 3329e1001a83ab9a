// The bytes on disk. Red here means that stores which exist can no longer be read: legitimate only together with a new
// format version, and code that still reads the old one.
#include "anabranch/storage/file/byte_log.hpp"

#include "catch.hpp"
#include "directory.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace {

using namespace storage_log;
namespace format = ab::file::format;

// The segment that docs/format.md shows.
ab::bytes example() {
  file::segment_header h;
  for (std::size_t i = 0; i < h.store.size(); ++i) h.store[i] = static_cast<std::byte>(i);
  h.salt = 0x0123'4567'89AB'CDEFU;
  h.segment = 1;
  h.first_sequence = 1;
  h.capacity = 65536;
  h.config_size = 4;
  std::memcpy(h.config_bytes.data(), "demo", 4);
  ab::bytes bytes(format::header_size);
  file::put_segment_header(bytes.data(), h);

  auto sequence = h.first_sequence;
  auto const write = [&](std::byte* p, std::size_t n, file::location synced) {
    sequence = file::detail::stamp({p, n}, h.salt, bytes.size(), sequence, synced);
    bytes.insert(bytes.end(), p, p + n);
  };
  file::batch b;
  add_frame(b, 1, 7, 42, "hello");
  add_frame(b, 239, 0xFFFF'FFFFU, 0xFEDC'BA98'7654'3210U, "");
  b.end_commit();
  write(b.data(), b.size(), file::location::in(1, format::header_size));
  b.clear();
  add_frame(b, 2, 7, 43, "12345678");
  b.end_commit();
  write(b.data(), b.size(), file::location::in(1, bytes.size()));
  std::array<std::byte, format::marker_size> seal{};
  format::put_marker(seal.data(), format::kind_seal, 0);
  write(seal.data(), seal.size(), file::location::in(1, bytes.size()));
  return bytes;
}

std::filesystem::path page() {
  return std::filesystem::path(__FILE__).parent_path().parent_path().parent_path() / "docs" / "format.md";
}

// Lines "    1000  89 61 62 ...  what it is" of the page's golden block, laid out at their offsets; the rest is zeros.
ab::bytes golden() {
  std::ifstream in(page());
  ab::bytes bytes(format::header_size);
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      inside = line == "```golden";
      continue;
    }
    if (!inside || line.size() < 6) continue;
    auto at = static_cast<std::size_t>(std::stoul(line.substr(0, 4), nullptr, 16));
    for (std::size_t i = 6; i + 1 < line.size() && line[i] != ' '; i += 3) {
      if (bytes.size() <= at) bytes.resize(at + 1);
      bytes[at++] = static_cast<std::byte>(std::stoul(line.substr(i, 2), nullptr, 16));
    }
  }
  return bytes;
}

}  // namespace

TEST_CASE("the format page shows the bytes that are written", "[R71]") {
  auto const written = example(), shown = golden();
  REQUIRE(shown.size() > format::header_size);
  REQUIRE(written.size() == shown.size());
  auto const differ = std::mismatch(written.begin(), written.end(), shown.begin());
  CHECK(differ.first - written.begin() == static_cast<std::ptrdiff_t>(written.size()));
}

TEST_CASE("the bytes on the format page are read as what the page says", "[R71]") {
  auto const bytes = golden();
  file::segment_header h;
  std::uint32_t version = 0;
  REQUIRE(file::parse_segment_header(bytes, h, version) == file::header_state::good);
  CHECK(version == 1);
  CHECK(h.salt == 0x0123'4567'89AB'CDEFU);
  CHECK(h.segment == 1);
  CHECK(h.capacity == 65536);
  CHECK(h.config().size() == 4);
  auto const r = file::recover(bytes, {1, h.salt, h.first_sequence, false});
  CHECK(r.state == file::recovery_state::clean);
  CHECK(r.sealed);
  CHECK(r.frames == 3);
  CHECK(r.commits == 2);
  CHECK(r.next_sequence == 4);
  CHECK(r.end == bytes.size());

  // And through the log itself: what is sealed wants a next segment.
  scratch const dir;
  auto const store = dir / "golden.log";
  std::filesystem::create_directory(store);
  spill(segment(store, 1), bytes);
  std::string text;
  auto const log = file::byte_log<>::open(
      store, {},
      [&](file::frame const& f) {
        text.append(reinterpret_cast<char const*>(f.payload.data()), f.payload.size()).append("|");
      },
      {file::open_mode::salvage});
  CHECK_FALSE(log);  // created with another configuration
  auto const demo = std::string_view("demo");
  auto const same = file::byte_log<>::open(
      store, {reinterpret_cast<std::byte const*>(demo.data()), demo.size()},
      [&](file::frame const& f) {
        text.append(reinterpret_cast<char const*>(f.payload.data()), f.payload.size()).append("|");
      },
      {file::open_mode::salvage});
  REQUIRE(same);
  CHECK(text == "hello||12345678|");
  CHECK(same->recovery().segment == 2);
}

TEST_CASE("the numbers of the format are the page's") {
  STATIC_REQUIRE(format::version == 1);
  STATIC_REQUIRE(format::header_size == 4096);
  STATIC_REQUIRE(format::max_config == 256);
  STATIC_REQUIRE(format::frame_header_size == 24);
  STATIC_REQUIRE(format::marker_size == 32);
  STATIC_REQUIRE(format::kind_last == 239);
  STATIC_REQUIRE(format::kind_commit == 240);
  STATIC_REQUIRE(format::kind_seal == 241);
  STATIC_REQUIRE(format::mask(0) == 0xA282'EAD8U);
  STATIC_REQUIRE(ab::file::location::in(3, 4096).value == 0x3'0000'0200U);
}
