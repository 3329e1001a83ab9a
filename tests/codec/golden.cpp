// The bytes and fingerprints of the canonical format, written down.
//
// Stored logs are read by later programs, content is named by the hash of these bytes, and fingerprints stand as
// literals in programs. So red here is a mistake in the code, unless the format gets a new version on purpose, with
// docs/rooms/codec.md changed and a way to read what was stored before.

#include "anabranch/codec.hpp"
#include "anabranch/codec/types/deque.hpp"
#include "anabranch/codec/types/map.hpp"
#include "anabranch/codec/types/set.hpp"
#include "anabranch/codec/types/unordered_map.hpp"
#include "anabranch/codec/types/unordered_set.hpp"
#include "anabranch/codec/types/variant.hpp"
#include "catch.hpp"
#include "codec/samples.hpp"

#include <limits>
#include <string>
#include <string_view>

namespace {

std::string hex(ab::bytes_view all) {
  std::string s;
  for (auto b : all) {
    s += "0123456789abcdef"[static_cast<unsigned>(b) >> 4U];
    s += "0123456789abcdef"[static_cast<unsigned>(b) & 15U];
  }
  return s;
}

// Spaces in what is expected are for the reader. Both directions, since a golden file is read long after it was
// written.
template <class T>
void is_written_as(T const& value, std::string_view expected) {
  std::string want;
  for (char c : expected)
    if (c != ' ') want += c;
  auto const all = ab::encode(value);
  CHECK(hex(all) == want);
  auto const back = ab::decode<T>(all);
  REQUIRE(back);
  CHECK(*back == value);
}

struct point {
  std::int32_t x;
  std::int32_t y;
  bool operator==(point const&) const = default;
};
struct moved {
  std::string who;
  point to;
  bool operator==(moved const&) const = default;
};
struct padded {
  std::uint8_t a;
  std::uint16_t b;
  bool operator==(padded const&) const = default;
};
struct gone {
  bool operator==(gone const&) const = default;
};
struct tree {
  std::uint8_t v;
  std::vector<tree> kids;
  bool operator==(tree const&) const = default;
};
using event = ab::one_of<moved, gone>;

template <std::size_t>
struct numbered {};
template <class>
struct many;
template <std::size_t... I>
struct many<std::index_sequence<I...>> {
  using type = ab::one_of<numbered<I>...>;
};
template <std::size_t N>
using one_of_many = typename many<std::make_index_sequence<N>>::type;

}  // namespace

TEST_CASE("golden bytes: numbers", "[codec][R40]") {
  is_written_as(std::uint8_t{0x12}, "12");
  is_written_as(std::uint16_t{0x1234}, "3412");
  is_written_as(std::uint32_t{0x12345678}, "78563412");
  is_written_as(std::uint64_t{0x123456789ABCDEF0}, "f0debc9a78563412");
  is_written_as(std::int64_t{-2}, "feffffffffffffff");
  is_written_as(std::numeric_limits<std::int64_t>::min(), "0000000000000080");
  is_written_as(-2LL, "feffffffffffffff");
  is_written_as(true, "01");
  is_written_as(false, "00");
  is_written_as('A', "41");
  is_written_as(U'\U0001F30A', "0af30100");
  is_written_as(1.0, "000000000000f03f");
  is_written_as(-0.0, "0000000000000080");
  is_written_as(0.1F, "cdcccc3d");
  is_written_as(samples::reals{std::bit_cast<double>(0xFFF8000000C0FFEEU), std::bit_cast<float>(0x7FA00001U)},
                "eeffc0000000f8ff 0100a07f");
  is_written_as(samples::offset::back, "ffffffffffffffff");
  is_written_as(samples::colour::blue, "ff");
  is_written_as(std::byte{0xAB}, "ab");
}

TEST_CASE("golden bytes: text and containers", "[codec][R40]") {
  using namespace std::string_literals;
  is_written_as(std::string(), "00000000");
  is_written_as("a\0é"s, "04000000 61 00 c3a9");
  is_written_as(std::vector<std::uint16_t>{1, 2}, "02000000 0100 0200");
  is_written_as(ab::bytes{std::byte{1}, std::byte{2}}, "02000000 01 02");
  is_written_as(std::vector<bool>{true, false}, "02000000 01 00");
  is_written_as(std::deque<std::uint8_t>{3}, "01000000 03");
  is_written_as(std::array<std::uint16_t, 2>{1, 2}, "0100 0200");
  is_written_as(std::vector<gone>(3), "03000000");
  is_written_as(std::vector<point>{{1, -1}, {2, 3}}, "02000000 01000000 ffffffff 02000000 03000000");
  is_written_as(std::vector<padded>{{1, 2}, {3, 4}}, "02000000 01 0200 03 0400");
  is_written_as(std::array<padded, 2>{{{1, 2}, {3, 4}}}, "01 0200 03 0400");
  is_written_as(std::set<std::int8_t>{1, -1}, "02000000 ff 01");
  is_written_as(std::set<std::int8_t, std::greater<>>{1, -1}, "02000000 01 ff");
  is_written_as(std::map<std::string, std::uint8_t>{{"b", 1}, {"a", 2}}, "02000000 01000000 61 02 01000000 62 01");
  // Not in the order of the numbers, but of their bytes: 256 is 0001, 1 is 0100.
  is_written_as(std::unordered_set<std::uint16_t>{1, 256}, "02000000 0001 0100");
  is_written_as(std::unordered_map<std::string, std::uint8_t>{{"aa", 1}, {"b", 2}},
                "02000000 01000000 62 02 02000000 6161 01");
}

TEST_CASE("golden bytes: views have the bytes of what they view", "[codec][R40]") {
  std::string const text = "ab";
  ab::bytes const raw{std::byte{1}};
  CHECK(ab::encode(std::string_view(text)) == ab::encode(text));
  CHECK(ab::encode(ab::bytes_view(raw)) == ab::encode(raw));
}

TEST_CASE("golden bytes: compositions", "[codec][R40]") {
  is_written_as(std::optional<std::uint8_t>{}, "00");
  is_written_as(std::optional<std::uint8_t>{5}, "01 05");
  is_written_as(std::optional<std::optional<bool>>{std::optional<bool>{}}, "01 00");
  is_written_as(std::pair<std::uint8_t, std::uint16_t>{1, 2}, "01 0200");
  is_written_as(std::tuple<std::uint8_t, std::uint16_t>{1, 2}, "01 0200");
  is_written_as(std::tuple<>{}, "");
  is_written_as(gone{}, "");
  is_written_as(std::monostate{}, "");
  is_written_as(point{1, -1}, "01000000 ffffffff");
  is_written_as(moved{"me", {1, 2}}, "02000000 6d65 01000000 02000000");
  is_written_as(event{moved{"", {1, 2}}}, "00 00000000 01000000 02000000");
  is_written_as(event{gone{}}, "01");
  is_written_as(std::variant<moved, gone>{gone{}}, "01");
  is_written_as(std::variant<std::uint8_t, std::uint8_t>{std::in_place_index<1>, std::uint8_t{7}}, "01 07");
  is_written_as(tree{1, {{2, {}}, {3, {}}}}, "01 02000000 02 00000000 03 00000000");
  is_written_as(samples::money(2, "x").push(4),
                "0200000000000000 01000000 78 "
                "04000000 0100000000000000 0200000000000000 0300000000000000 0400000000000000");
}

TEST_CASE("golden bytes: an index takes two bytes where there are more than 255 alternatives", "[codec][R40]") {
  STATIC_REQUIRE(ab::canonical_codec::least_size<one_of_many<255>> == 1);
  STATIC_REQUIRE(ab::canonical_codec::least_size<one_of_many<256>> == 2);
}

namespace {

template <class T>
constexpr std::uint64_t shape = ab::canonical_codec::shape<T>();

struct point_of_two {
  std::int32_t other;
  std::int32_t names;
};
class listed {
 public:
  static constexpr auto fields() { return ab::fields(&listed::x_, &listed::y_); }

 private:
  std::int32_t x_ = 0;
  std::int32_t y_ = 0;
};

}  // namespace

TEST_CASE("golden fingerprints, the same on every compiler", "[codec][R40]") {
  CHECK(shape<bool> == 0x0F9018C5EAF79BB5U);
  CHECK(shape<std::uint8_t> == 0x4A89AA94A41F3AE8U);
  CHECK(shape<std::int64_t> == 0xA347616431256E81U);
  CHECK(shape<double> == 0xB99147A66DFAA06DU);
  CHECK(shape<char> == 0x6914342876D68869U);
  CHECK(shape<std::string> == 0x89BD742C715B1B9BU);
  CHECK(shape<std::vector<std::int32_t>> == 0xA198F54332671A3AU);
  CHECK(shape<std::array<std::int32_t, 3>> == 0x95AD3DBBC77D2636U);
  CHECK(shape<std::optional<bool>> == 0xB3D1955A500B43F6U);
  CHECK(shape<point> == 0xEC2D9F5704B7EDE9U);
  CHECK(shape<moved> == 0x99651E1025902977U);
  CHECK(shape<gone> == 0xA26DDD21263D3BA8U);
  CHECK(shape<event> == 0x55B44D223D3BFF4DU);
  CHECK(shape<tree> == 0x2EE60A879239F9ECU);
  CHECK(shape<samples::money> == 0x2261A4EF3E9FB664U);
  CHECK(shape<samples::everything> == 0xCA33518081A9584FU);
  CHECK(shape<std::map<std::string, bool>> == 0x042E1C566439C413U);
  CHECK(shape<std::set<std::string>> == 0xD04EA5A3A6EB9750U);
  CHECK(shape<std::unordered_map<std::string, bool>> == 0x201E6D8A012FAE8EU);
  CHECK(shape<std::unordered_set<std::string>> == 0x89F2705B8C9BF3FDU);
}

TEST_CASE("a fingerprint sees structure and no names", "[codec]") {
  STATIC_REQUIRE(shape<point> == shape<point_of_two>);
  STATIC_REQUIRE(shape<point> == shape<listed>);
  STATIC_REQUIRE(shape<point> == shape<std::pair<std::int32_t, std::int32_t>>);
  STATIC_REQUIRE(shape<std::string> == shape<std::string_view>);
  STATIC_REQUIRE(shape<ab::bytes> == shape<ab::bytes_view>);
  STATIC_REQUIRE(shape<std::vector<point>> == shape<std::deque<point>>);
  STATIC_REQUIRE(shape<std::variant<point, gone>> == shape<ab::one_of<point, gone>>);
  STATIC_REQUIRE(shape<long> == shape<long long>);  // both of 64 bits here
  STATIC_REQUIRE(shape<samples::colour> == shape<std::uint8_t>);

  STATIC_REQUIRE(shape<std::int32_t> != shape<std::uint32_t>);
  STATIC_REQUIRE(shape<std::int32_t> != shape<std::int64_t>);
  STATIC_REQUIRE(shape<std::int32_t> != shape<float>);
  STATIC_REQUIRE(shape<bool> != shape<std::uint8_t>);
  STATIC_REQUIRE(shape<char> != shape<std::int8_t>);
  STATIC_REQUIRE(shape<std::string> != shape<ab::bytes>);
  STATIC_REQUIRE(shape<std::vector<int>> != shape<std::set<int>>);
  STATIC_REQUIRE(shape<std::set<int>> != shape<std::set<int, std::greater<>>>);
  STATIC_REQUIRE(shape<std::set<int>> == shape<std::set<int, std::less<>>>);
  STATIC_REQUIRE(shape<std::set<int>> != shape<std::unordered_set<int>>);
  STATIC_REQUIRE(shape<std::array<int, 2>> != shape<std::array<int, 3>>);
  STATIC_REQUIRE(shape<std::pair<int, std::pair<int, int>>> != shape<std::pair<std::pair<int, int>, int>>);
  STATIC_REQUIRE(shape<std::tuple<int, int, int>> != shape<std::pair<int, std::pair<int, int>>>);
  STATIC_REQUIRE(shape<ab::one_of<point, gone>> != shape<ab::one_of<gone, point>>);
  STATIC_REQUIRE(shape<tree> != shape<std::pair<std::uint8_t, std::vector<std::uint8_t>>>);
}
