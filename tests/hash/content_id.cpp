#include "anabranch/hash/content_id.hpp"

#include "anabranch/anabranch.hpp"
#include "catch.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace {

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
struct deposited_again {  // the next version of the same
  static constexpr ab::definition definition{"deposited", 2};
  std::int64_t cents;
};
struct note {
  static constexpr ab::definition definition{"note", 3};
  std::string text;
  std::vector<std::uint16_t> tags;
};
enum class colour : std::uint8_t { red, green };

constexpr auto golden = [](auto const& value, char const* digest) { return ab::content_id(value).hex() == digest; };

// Golden: these name what is stored and travels, so that they never change. A failure here means that a format did; if that
// is wanted, it is a new version of the format, and not another digest in this test.
static_assert(golden(deposited{500}, "2bd979165eb69b87ded1badcf4088f08c73067a1488b37ac08932b63533abde3"));
static_assert(golden(withdrawn{500}, "994ae1b3d52158dc6ae51abe8e36c6a63bc3f5d70d29cbf7e6a3f775259ad9d8"));
static_assert(golden(deposited_again{500}, "c4558aa83b978f13c0cb5342001724a68a1c770e40c75195eeceaf37ce158ebd"));
static_assert(golden(colour::green, "026ef82f133d0f8fee4224f27a07d5f0c4b4d1e53223fed61a955d98f55f3f90"));

// A codec of the user's, here one that forgets the sign: equal meaning, equal ids.
struct absolute_codec : ab::canonical_codec {
  template <class T, ab::byte_sink Sink>
  static constexpr void encode(T const& value, Sink& out) {
    ab::canonical_codec::encode(T{value.cents < 0 ? -value.cents : value.cents}, out);
  }
};

}  // namespace

TEST_CASE("Content ids are what they always were", "[hash][R40]") {
  CHECK(ab::content_id(deposited{500}).hex().view() ==
        "2bd979165eb69b87ded1badcf4088f08c73067a1488b37ac08932b63533abde3");
  CHECK(ab::content_id(withdrawn{500}).hex().view() ==
        "994ae1b3d52158dc6ae51abe8e36c6a63bc3f5d70d29cbf7e6a3f775259ad9d8");
  CHECK(ab::content_id(deposited_again{500}).hex().view() ==
        "c4558aa83b978f13c0cb5342001724a68a1c770e40c75195eeceaf37ce158ebd");
  CHECK(ab::content_id(note{std::string("Grüße\0!", 9), {1, 2, 65535}}).hex().view() ==
        "0140ed3be914aeb47719aba130e6dca407274b01eff071804e1518c5681e3c94");
  CHECK(ab::content_id(note{std::string(1000, 'x'), {}}).hex().view() ==
        "c0ca68e9eb4220f545d88085a964260c6c36bed6f2a41e2dae3ad9ba6ceb24f4");
  CHECK(ab::content_id(colour::green).hex().view() ==
        "026ef82f133d0f8fee4224f27a07d5f0c4b4d1e53223fed61a955d98f55f3f90");
}

TEST_CASE("A content id is the digest of the definition and the encoding", "[hash][R40]") {
  for (std::size_t size : {0U, 5U, 200U, 240U, 255U, 256U, 257U, 5000U}) {
    note const n{std::string(size, 'n'), {7}};
    auto before = ab::encode(std::string("note"));
    auto const version = ab::encode(std::uint32_t{3}), value = ab::encode(n);
    before.insert(before.end(), version.begin(), version.end());
    before.insert(before.end(), value.begin(), value.end());
    CHECK(ab::content_id(n) == ab::sha256::of(before));
  }
}

TEST_CASE("Types and versions with equal bytes have different ids", "[hash][R40]") {
  REQUIRE(ab::encode(deposited{1}) == ab::encode(withdrawn{1}));
  REQUIRE(ab::encode(deposited{1}) == ab::encode(deposited_again{1}));
  CHECK(ab::content_id(deposited{1}) != ab::content_id(withdrawn{1}));
  CHECK(ab::content_id(deposited{1}) != ab::content_id(deposited_again{1}));
  CHECK(ab::content_id(deposited{1}) != ab::content_id(deposited{2}));
  CHECK(ab::content_id(deposited{1}) == ab::content_id(deposited{1}));
}

TEST_CASE("An event has the id of what it holds, in whichever family", "[hash][R40]") {
  using family = ab::one_of<deposited, withdrawn>;
  using reordered = ab::one_of<note, withdrawn, deposited>;
  CHECK(ab::content_id(family(withdrawn{9})) == ab::content_id(withdrawn{9}));
  CHECK(ab::content_id(reordered(withdrawn{9})) == ab::content_id(withdrawn{9}));
  static_assert(ab::content_id(family(deposited{9})) == ab::content_id(deposited{9}));
}

TEST_CASE("Stamps and places lie outside the id", "[hash][R40]") {
  using policies = ab::policies<ab::manual_clock, ab::global_order>;
  ab::store<ab::one_of<deposited, withdrawn>, policies> bank;
  bank.clock().set(ab::timestamp{10});
  auto a = bank.stream("a"), b = bank.stream("b");
  REQUIRE(a.append(deposited{1}, deposited{7}));
  bank.clock().set(ab::timestamp{99});
  REQUIRE(b.append(deposited{7}));
  auto const events = bank.read();
  REQUIRE(events);
  REQUIRE(events->size() == 3);
  auto const &second = (*events)[1], &third = (*events)[2];
  CHECK(second.at != third.at);
  CHECK(ab::content_id(second.data) == ab::content_id(third.data));
}

TEST_CASE("The codec says what is equal", "[hash]") {
  CHECK(ab::content_id(deposited{-5}, absolute_codec()) == ab::content_id(deposited{5}));
  CHECK(ab::content_id(deposited{-5}) != ab::content_id(deposited{5}));
}
