#include "anabranch/hash/crc32c.hpp"

#include "catch.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace {

using ab::detail::crc32c_by_instruction;
using ab::detail::crc32c_by_table;

template <class F>
constexpr std::uint32_t crc_of(std::size_t n, F&& at) {
  std::byte b[64] = {};
  for (std::size_t i = 0; i < n; ++i) b[i] = static_cast<std::byte>(at(i));
  return ab::crc32c({b, n});
}

constexpr auto zeros = [](std::size_t) { return 0; };
constexpr auto ones = [](std::size_t) { return 0xFF; };
constexpr auto up = [](std::size_t i) { return static_cast<int>(i); };
constexpr auto down = [](std::size_t i) { return static_cast<int>(31 - i); };
constexpr auto digits = [](std::size_t i) { return static_cast<int>('1' + i); };
constexpr auto iscsi_read = [](std::size_t i) {
  constexpr unsigned char pdu[48] = {0x01, 0xc0, 0, 0, 0, 0, 0,    0, 0,    0, 0, 0,    0, 0, 0, 0,
                                     0x14, 0,    0, 0, 0, 0, 0x04, 0, 0,    0, 0, 0x14, 0, 0, 0, 0x18,
                                     0x28, 0,    0, 0, 0, 0, 0,    0, 0x02, 0, 0, 0,    0, 0, 0, 0};
  return static_cast<int>(pdu[i]);
};

// RFC 3720, B.4, and the check value of the catalogues.
static_assert(crc_of(32, zeros) == 0x8A91'36AAU);
static_assert(crc_of(32, ones) == 0x62A8'AB43U);
static_assert(crc_of(32, up) == 0x46DD'794EU);
static_assert(crc_of(32, down) == 0x113F'DB5CU);
static_assert(crc_of(48, iscsi_read) == 0xD996'3A56U);
static_assert(crc_of(9, digits) == 0xE306'9283U);
static_assert(ab::crc32c({}) == 0);

std::uint32_t by_bits(ab::bytes_view b) {
  std::uint32_t c = ~0U;
  for (std::byte const x : b) {
    c ^= std::to_integer<std::uint32_t>(x);
    for (int i = 0; i < 8; ++i) c = (c >> 1U) ^ ((c & 1U) * 0x82F6'3B78U);
  }
  return ~c;
}

}  // namespace

TEST_CASE("CRC-32C has the values of RFC 3720", "[R71]") {
  CHECK(crc_of(32, zeros) == 0x8A91'36AAU);
  CHECK(crc_of(32, ones) == 0x62A8'AB43U);
  CHECK(crc_of(32, up) == 0x46DD'794EU);
  CHECK(crc_of(32, down) == 0x113F'DB5CU);
  CHECK(crc_of(48, iscsi_read) == 0xD996'3A56U);
  CHECK(crc_of(9, digits) == 0xE306'9283U);
}

TEST_CASE("table, instruction, lanes and increments agree at every length and offset") {
  ab::bytes data(6000);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::byte>(i * i * 31 + i / 7);
  auto const check = [&](std::size_t from, std::size_t size) {
    auto const b = ab::bytes_view(data).subspan(from, size);
    auto const right = by_bits(b);
    REQUIRE(~ab::detail::crc32c_run(crc32c_by_table{}, ~0U, b) == right);
    if (ab::detail::crc32c_has_instruction())
      REQUIRE(~ab::detail::crc32c_run(crc32c_by_instruction{}, ~0U, b) == right);
    REQUIRE(ab::crc32c(b) == right);
    auto const cut = size / 3;
    REQUIRE(ab::crc32c(b.subspan(cut), ab::crc32c(b.first(cut))) == right);
  };
  for (std::size_t from = 0; from < 8; ++from) {
    for (std::size_t size = 0; size < 70; ++size) check(from, size);
  }
  // The lanes begin at 1536 bytes.
  for (std::size_t const size : {1528U, 1535U, 1536U, 1537U, 1544U, 3071U, 3072U, 3080U, 4700U, 5999U}) check(1, size);
}
