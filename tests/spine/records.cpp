// The frames that a store writes, as docs/format.md has them. Red is legitimate only with a new format version.
#include "spine/storages.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace spine {
namespace {

struct golden_opened {
  static constexpr ab::definition definition{"opened", 3};
  std::uint16_t door;
};
struct golden_closed {
  static constexpr ab::definition definition{"closed"};
};
using golden_event = ab::one_of<golden_opened, golden_closed>;

std::string hex(ab::bytes_view b) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string s;
  for (auto const x : b) {
    s += digits[std::to_integer<unsigned>(x) >> 4U];
    s += digits[std::to_integer<unsigned>(x) & 15U];
  }
  return s;
}

// Every frame as "kind tag number payload".
struct listing {
  std::vector<std::string> frames{};
  std::string configuration{};

  ab::result<void> configured(ab::bytes_view b) {
    configuration.assign(reinterpret_cast<char const*>(b.data()), b.size());
    return {};
  }
  ab::result<void> operator()(ab::file::frame const& f) {
    frames.push_back(std::to_string(f.kind) + ' ' + std::to_string(f.tag) + ' ' + std::to_string(f.number) + ' ' +
                     hex(f.payload));
    return {};
  }
};

TEST_CASE("golden frames of a store", "[spine][R5]") {
  on_file fixture;
  {
    auto s = fixture.open<golden_event, ab::manual_clock>();
    s.clock().set(ab::timestamp{0x0102});
    auto door = s.stream("door");
    auto table = s.kv<std::uint8_t>("t");
    REQUIRE(door.append(golden_closed{}));
    REQUIRE(ab::commit(door.write(golden_opened{0x0304}, golden_closed{}), table.write("k", std::uint8_t{7})));
    REQUIRE(door.truncate(ab::revision{1}));
    REQUIRE(table.erase("k"));
  }
  listing seen;
  auto const config = std::string();
  auto const log = ab::file::byte_log<>::open(fixture.path(), std::as_bytes(std::span(config)), seen,
                                              {.mode = ab::file::open_mode::read});
  REQUIRE(log);
  CHECK(seen.configuration == "anabranch store 1; codec canonical_codec 1; stamp 8; revisions from 1");

  auto const shape_of = []<class T>(T const&) {
    auto const s = ab::canonical_codec::shape<T>();
    std::string h;
    for (unsigned i = 0; i < 8; ++i) {
      auto const byte = static_cast<std::byte>(s >> (8U * i) & 0xFFU);
      h += hex({&byte, 1});
    }
    return h;
  };
  std::vector<std::string> const golden = {
      "1 0 1 " + shape_of(golden_closed{}) + "636c6f736564",
      "2 0 0 646f6f72",
      "3 0 1 0201000000000000",
      "1 1 3 " + shape_of(golden_opened{}) + "6f70656e6564",
      "3 0 281474976710658 03010000000000000403",
      "3 0 3 0401000000000000",
      "5 0 " + std::to_string(ab::canonical_codec::shape<std::uint8_t>()) + " 74",
      "6 0 1 6b07",
      "4 0 1 ",
      "7 0 0 6b",
  };
  CHECK(seen.frames == golden);
}

}  // namespace
}  // namespace spine
