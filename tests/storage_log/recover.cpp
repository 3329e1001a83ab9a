// Recovery as a pure function: every cut, every flipped bit, torn tails, hostile bytes.
#include "anabranch/storage/file/recover.hpp"

#include "catch.hpp"
#include "image.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace {

using namespace storage_log;
using ab::file::recovery_state;
using ab::file::segment_report;
namespace format = ab::file::format;

// What must hold of any report, whatever the bytes were.
void check_sane(segment_report const& r, std::size_t size) {
  REQUIRE(r.end <= std::max<std::uint64_t>(size, format::header_size));
  if (r.state != recovery_state::clean) {
    REQUIRE(r.damage_end >= r.end);
    REQUIRE_FALSE(r.reason.empty());
  } else {
    REQUIRE(r.reason.empty());
  }
}

}  // namespace

TEST_CASE("an intact segment is clean, with what follows it zero or left out", "[R71]") {
  auto m = small_log(250);
  auto const r = m.recover();
  CHECK(r.state == recovery_state::clean);
  CHECK(r.end == m.bytes.size());
  CHECK(r.commits == 250);
  CHECK(r.next_sequence == 251);
  CHECK_FALSE(r.sealed);
  m.bytes.resize(m.bytes.size() + 5000);
  auto const padded = m.recover();
  CHECK(padded.state == recovery_state::clean);
  CHECK(padded.end == r.end);
  image const empty;
  CHECK(empty.recover().state == recovery_state::clean);
  CHECK(empty.recover().end == format::header_size);
}

TEST_CASE("a segment cut at any byte recovers to a prefix of whole commits", "[R71][R73]") {
  auto const m = small_log(300);
  for (auto cut = m.bytes.size(); cut-- > format::header_size;) {
    auto const r = ab::file::recover(ab::bytes_view(m.bytes).first(cut), m.expected());
    auto const whole = m.whole_before(cut);
    if (r.end != whole || (r.state == recovery_state::clean) != (cut == whole)) {
      CAPTURE(cut, whole, r.end);
      // A cut before bytes that are zero anyway can't be seen.
      REQUIRE(r.end == whole);
      REQUIRE(std::all_of(m.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                          m.bytes.begin() + static_cast<std::ptrdiff_t>(cut),
                          [](std::byte b) { return b == std::byte{}; }));
    }
    if (r.state == recovery_state::corrupt) FAIL("a cut tail was taken for corruption at " << cut);
  }
  for (std::size_t cut = 0; cut < format::header_size; cut += 13) {
    CHECK(ab::file::recover(ab::bytes_view(m.bytes).first(cut), m.expected()).state == recovery_state::corrupt);
  }
}

TEST_CASE("every flipped bit is corruption where later commits prove it, and reported where not", "[R71][R73]") {
  auto m = small_log(100);
  auto const last = m.ends[m.ends.size() - 2];  // where the last commit begins
  for (std::size_t at = format::header_size; at < m.bytes.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      auto const flip = static_cast<std::byte>(1U << bit);
      m.bytes[at] ^= flip;
      auto const r = m.recover();
      m.bytes[at] ^= flip;
      auto const wanted = at < last ? recovery_state::corrupt : recovery_state::rolled_back;
      if (r.state != wanted || r.end != m.whole_before(at)) {
        CAPTURE(at, bit, r.end, r.reason);
        REQUIRE(r.state == wanted);
        REQUIRE(r.end == m.whole_before(at));
      }
      if (r.damage_end <= at && at < last) FAIL("the damage at " << at << " lies outside the range that is reported");
    }
  }
  CHECK(m.recover().state == recovery_state::clean);
}

TEST_CASE("a marker that says it is all durable turns damage of the last commit into corruption", "[R71]") {
  auto m = small_log(20);
  auto const end = m.bytes.size();
  file::batch b;
  b.begin_frame(1, 0, 0);
  b.end_frame();
  b.end_commit();
  m.write(b);  // stands for the marker that closing leaves
  for (auto at = m.whole_before(end - 1); at < end; ++at) {
    m.bytes[at] ^= std::byte{1};
    REQUIRE(m.recover().state == recovery_state::corrupt);
    m.bytes[at] ^= std::byte{1};
  }
}

TEST_CASE("commits that were never synced may vanish in any order", "[R71]") {
  // One group: 40 commits of which nothing says that any was durable. Then sectors go missing at random.
  auto const m = small_log(40, true);
  auto const synced = m.synced;
  REQUIRE(synced.offset() == format::header_size);
  dice d{7};
  for (int round = 0; round < 3000; ++round) {
    auto torn = m;
    std::uint64_t first = torn.bytes.size();
    for (std::size_t s = format::header_size; s < torn.bytes.size(); s += 512) {
      if (d(3) != 0) continue;
      auto const n = std::min<std::size_t>(512, torn.bytes.size() - s);
      auto const from = torn.bytes.begin() + static_cast<std::ptrdiff_t>(s);
      if (std::all_of(from, from + static_cast<std::ptrdiff_t>(n), [](std::byte b) { return b == std::byte{}; }))
        continue;
      std::fill_n(from, n, std::byte{});
      first = std::min<std::uint64_t>(first, s);
    }
    auto const r = torn.recover();
    check_sane(r, torn.bytes.size());
    REQUIRE(r.state != recovery_state::corrupt);
    REQUIRE(r.end >= m.whole_before(first));
    REQUIRE(std::binary_search(m.ends.begin(), m.ends.end(), r.end));
    REQUIRE(std::memcmp(torn.bytes.data(), m.bytes.data(), r.end) == 0);
  }
}

TEST_CASE("a lost sector is corruption once a later group was synced", "[R71]") {
  image m(1U << 18U);
  m.hold = true;
  std::vector<std::uint64_t> groups{m.bytes.size()};
  file::batch b;
  for (std::uint64_t g = 0; g < 12; ++g) {
    b.clear();
    for (std::uint64_t i = 0; i < 10; ++i) {
      add_frame(b, g * 10 + i, 60);
      b.end_commit();
    }
    m.write(b);
    groups.push_back(m.bytes.size());
    m.synced = file::location::in(1, m.bytes.size());  // the group was synced before the next was written
  }
  auto const last_group = groups[groups.size() - 2];
  for (std::size_t s = format::header_size; s < m.bytes.size(); s += 512) {
    auto torn = m;
    auto const n = std::min<std::size_t>(512, torn.bytes.size() - s);
    std::fill_n(torn.bytes.begin() + static_cast<std::ptrdiff_t>(s), n, std::byte{});
    CAPTURE(s);
    CHECK(torn.recover().state == (s < last_group ? recovery_state::corrupt : recovery_state::rolled_back));
  }
}

TEST_CASE("in a segment that isn't the last, nothing is a torn tail", "[R71]") {
  auto m = small_log(10, true);
  CHECK(m.recover(false).state == recovery_state::corrupt);  // no seal
  std::array<std::byte, format::marker_size> seal{};
  format::put_marker(seal.data(), format::kind_seal, 0);
  m.sequence = file::detail::stamp(seal, m.header.salt, m.bytes.size(), m.sequence, m.synced);
  m.bytes.insert(m.bytes.end(), seal.begin(), seal.end());
  CHECK(m.recover(false).state == recovery_state::clean);
  CHECK(m.recover(false).sealed);
  CHECK(m.recover(false).end == m.bytes.size());
  // What lies behind a seal means nothing.
  m.bytes.resize(m.bytes.size() + 100, std::byte{0xAA});
  CHECK(m.recover(false).state == recovery_state::clean);
  for (std::size_t at = format::header_size; at < m.bytes.size() - 100; at += 3) {
    m.bytes[at] ^= std::byte{0x10};
    REQUIRE(m.recover(false).state == recovery_state::corrupt);
    m.bytes[at] ^= std::byte{0x10};
  }
}

TEST_CASE("copies of the log in payloads are never taken for frames", "[R71]") {
  // The payload of the torn last commit is the log itself, with markers that prove more than lies before the damage.
  auto m = small_log(30);
  ab::bytes const copy(m.bytes.begin() + static_cast<std::ptrdiff_t>(format::header_size), m.bytes.end());
  for (std::size_t shift = 0; shift < 64; shift += 8) {
    auto n = m;
    file::batch b;
    b.begin_frame(1, 0, 99);
    std::memset(b.extend(shift + 8), 0x55, shift + 8);
    std::memcpy(b.extend(copy.size()), copy.data(), copy.size());
    b.end_frame();
    b.end_commit();
    auto const before = n.bytes.size();
    n.write(b);
    CHECK(n.recover().state == recovery_state::clean);
    n.bytes[before + 30] ^= std::byte{1};
    auto const r = n.recover();
    CHECK(r.state == recovery_state::rolled_back);
    CHECK(r.end == before);
    // The same as garbage without a frame around it, as a misdirected write would leave it.
    n.bytes.resize(before);
    n.bytes.insert(n.bytes.end(), shift + 8, std::byte{0x55});
    n.bytes.insert(n.bytes.end(), copy.begin(), copy.end());
    CHECK(n.recover().state == recovery_state::rolled_back);
    CHECK(n.recover().end == before);
  }
}

TEST_CASE("frames that change places are damage", "[R71]") {
  // As a misdirected write would have it: each is intact, and lies where another of its size belongs.
  image m;
  for (std::uint64_t i = 1; i <= 20; ++i) m.commit(i, 40);
  auto const size = static_cast<std::ptrdiff_t>(format::frame_size(40));
  auto const first = m.bytes.begin() + static_cast<std::ptrdiff_t>(m.ends[3]);
  std::swap_ranges(first, first + size, m.bytes.begin() + static_cast<std::ptrdiff_t>(m.ends[9]));
  CHECK(m.recover().state == recovery_state::corrupt);
  CHECK(m.recover().end == m.ends[3]);
}

TEST_CASE("another segment's frames don't validate at the same place") {
  auto const m = small_log(30);
  auto other = m;
  auto expected = other.expected();
  expected.salt ^= 1;
  auto const r = ab::file::recover(other.bytes, expected);
  CHECK(r.end == format::header_size);
  CHECK(r.state == recovery_state::rolled_back);
}

TEST_CASE("a header that announces a wrong length hides nothing that was durable", "[R71]") {
  for (std::uint32_t const length :
       {0U, 1U, 8U, 1000U, 1U << 20U, (1U << 30U) - 1U, 1U << 30U, 0x7FFF'FFFFU, 0xFFFF'FFFFU}) {
    auto m = small_log(50);
    auto const at = m.ends[25];
    format::put_length(m.bytes.data() + at, length);
    auto const r = m.recover();
    CAPTURE(length);
    CHECK(r.state == recovery_state::corrupt);
    CHECK(r.end == at);
  }
}

TEST_CASE("well-checked nonsense is refused too", "[R71][R73]") {
  auto const with = [](std::uint8_t kind, std::uint32_t tag, auto&& change) {
    auto m = small_log(5);
    auto const at = m.bytes.size();
    std::array<std::byte, format::marker_size> f{};
    format::put_frame_header(f.data(), 8, m.sequence, tag, kind);
    format::put64(f.data() + format::frame_header_size, m.synced.value);
    change(f);
    ab::detail::with_crc32c([&](auto way) {
      format::put_crc(f.data(), format::frame_crc(way, format::salted(way, m.header.salt), at, f.data(), f.size()));
    });
    m.bytes.insert(m.bytes.end(), f.begin(), f.end());
    auto const r = m.recover();
    return r.state != recovery_state::clean && r.end == at;
  };
  auto const as_is = [](auto&) {};
  CHECK_FALSE(with(format::kind_commit, 0, as_is));  // an empty commit is fine
  CHECK(with(0, 0, as_is));
  CHECK(with(242, 0, as_is));
  CHECK(with(255, 0, as_is));
  CHECK(with(format::kind_commit, 1, as_is));  // closes a frame that isn't there
  CHECK(
      with(format::kind_commit, 0, [](auto& f) { format::put64(f.data() + 8, 77); }));  // not the next sequence number
  CHECK(with(format::kind_commit, 0, [](auto& f) { f[21] = std::byte{1}; }));           // reserved bytes
  CHECK(with(format::kind_commit, 0,
             [](auto& f) { format::put64(f.data() + 24, ~std::uint64_t{0}); }));  // a proof of the future
  CHECK(with(1, 0, as_is));                                                       // a frame without a commit
}

TEST_CASE("recovery takes any bytes whatever", "[R73]") {
  dice d{99};
  auto const base = small_log(40);
  for (int round = 0; round < 4000; ++round) {
    auto m = base;
    switch (d(5)) {
      case 0:  // noise
        for (std::size_t i = format::header_size; i < m.bytes.size(); ++i) m.bytes[i] = static_cast<std::byte>(d(256));
        break;
      case 1:  // a few bytes changed
        for (auto k = d(8) + 1; k > 0; --k)
          m.bytes[format::header_size + d(m.bytes.size() - format::header_size)] = static_cast<std::byte>(d(256));
        break;
      case 2: {  // a range copied elsewhere
        auto const n = d(600) + 1, from = d(m.bytes.size() - n), to = d(m.bytes.size() - n);
        std::memmove(m.bytes.data() + to, m.bytes.data() + from, n);
        break;
      }
      case 3: {  // a range zeroed
        auto const n = d(600) + 1, from = format::header_size + d(m.bytes.size() - format::header_size - n);
        std::fill_n(m.bytes.begin() + static_cast<std::ptrdiff_t>(from), n, std::byte{});
        break;
      }
      default:  // cut, or longer
        m.bytes.resize(d(m.bytes.size() + 2000), static_cast<std::byte>(d(2) * 255));
    }
    auto const r = ab::file::recover(m.bytes, m.expected(d(2) == 0));
    check_sane(r, m.bytes.size());
    // What it keeps is what was written.
    if (m.bytes.size() >= r.end && r.end > format::header_size && r.end <= base.bytes.size()) {
      REQUIRE(std::memcmp(m.bytes.data() + format::header_size, base.bytes.data() + format::header_size,
                          r.end - format::header_size) == 0);
    }
  }
}
