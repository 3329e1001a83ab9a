// Equal maps have equal bytes, whichever policy holds them; bytes from anywhere are read or refused.
#include "policies.hpp"

#include <anabranch/codec/decode.hpp>
#include <anabranch/codec/encode.hpp>
#include <anabranch/codec/types/map.hpp>
#include <anabranch/codec/types/set.hpp>
#include <anabranch/container.hpp>

#include <map>
#include <string>
#include <vector>

#include "catch.hpp"

namespace {

template <class P>
constexpr bool round_trips() {
  typename P::template map<int, typename P::template sequence<int>> m;
  for (int const k : {5, 1, 3}) {
    auto& v = *m.get_or_insert(k).value;
    for (int i = 0; i < k; ++i) v.push_back(i);
  }
  auto const all = ab::encode(m);
  auto const back = ab::decode<decltype(m)>(all);
  return back && *back == m && ab::encode(*back) == all;
}
static_assert(round_trips<ab::flat_containers>());
static_assert(round_trips<ab::node_containers>());
static_assert(round_trips<ab::hash_containers>());
static_assert(round_trips<ab::fixed_containers<20>>());

}  // namespace

TEMPLATE_LIST_TEST_CASE("the bytes of a map don't depend on its policy", "[container][R49]", container::policies) {
  typename TestType::template map<std::string, int> ours;
  typename TestType::template set<int> set;
  std::map<std::string, int> theirs;
  std::set<int> numbers;
  for (int i = 0; i < 100; ++i) {
    auto const k = std::to_string(i * 37 % 100);
    *ours.get_or_insert(k).value = theirs[k] = i;
    set.insert(i * 37 % 100);
    numbers.insert(i);
  }
  CHECK(round_trips<TestType>());
  CHECK(ab::encode(ours) == ab::encode(theirs));
  CHECK(ab::encode(set) == ab::encode(numbers));
  CHECK(ab::canonical_codec::shape<decltype(ours)>() == ab::canonical_codec::shape<decltype(theirs)>());
  auto const back = ab::decode<decltype(ours)>(ab::encode(theirs));
  REQUIRE(back);
  CHECK(*back == ours);
}

TEMPLATE_LIST_TEST_CASE("hostile bytes are refused", "[container][R49]", container::policies) {
  using map = typename TestType::template map<std::uint8_t, std::uint8_t>;
  auto const decoded = [](std::vector<unsigned> raw) {
    ab::bytes in;
    for (auto const b : raw) in.push_back(std::byte(b));
    return ab::decode<map>(in);
  };
  CHECK(decoded({2, 0, 0, 0, 1, 9, 2, 9}));
  CHECK_FALSE(decoded({2, 0, 0, 0, 2, 9, 1, 9}));    // not ascending
  CHECK_FALSE(decoded({2, 0, 0, 0, 1, 9, 1, 9}));    // the same key twice
  CHECK_FALSE(decoded({255, 255, 255, 255, 1, 9}));  // a length that nothing follows
  CHECK_FALSE(decoded({1, 0, 0, 0, 1}));             // too short
  CHECK_FALSE(decoded({1, 0, 0, 0, 1, 9, 0}));       // too long
  CHECK_FALSE(decoded({}));
}

TEST_CASE("what a fixed container has no room for is refused", "[container][R49]") {
  ab::flat_containers::map<std::uint8_t, std::uint8_t> large;
  for (std::uint8_t i = 0; i < 4; ++i) (void)large.get_or_insert(i);
  CHECK(ab::decode<ab::fixed_containers<4>::map<std::uint8_t, std::uint8_t>>(ab::encode(large)));
  auto const r = ab::decode<ab::fixed_containers<3>::map<std::uint8_t, std::uint8_t>>(ab::encode(large));
  REQUIRE_FALSE(r);
  CHECK(r.error() == ab::errc::malformed);
}
