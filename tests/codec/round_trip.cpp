#include "anabranch/codec.hpp"
#include "codec/round_trips.hpp"
#include "codec/samples.hpp"

TEMPLATE_TEST_CASE("the canonical codec brings every value back exactly", "[codec][R5]", SAMPLES) {
  samples::comes_back_exactly<ab::canonical_codec, TestType>();
}

TEMPLATE_TEST_CASE("equal values have equal bytes", "[codec][R40]", SAMPLES) {
  for (TestType const& value : TestType::values()) {
    auto const all = ab::encode(value);
    CHECK(ab::encode(*ab::decode<TestType>(all)) == all);
  }
}

TEST_CASE("equal values have equal bytes, also where they were made in another order", "[codec][R40]") {
  samples::maps a, b;
  for (int i = 0; i < 1000; ++i) {
    a.e.insert(i * 7919 % 1000);
    b.e.insert(999 - i);
    a.d[std::to_string(i)] = {};
    b.d[std::to_string(999 - i)] = {};
  }
  b.e.rehash(5000);
  CHECK(a == b);
  CHECK(ab::encode(a) == ab::encode(b));
}

TEMPLATE_TEST_CASE("the canonical codec refuses every encoding that is cut short", "[codec][R73]", SAMPLES) {
  samples::is_refused_where_cut_short<ab::canonical_codec, TestType>();
}

TEMPLATE_TEST_CASE("the canonical codec refuses bytes behind the value, and says where", "[codec][R73]", SAMPLES) {
  for (TestType const& value : TestType::values()) {
    auto all = ab::encode(value);
    auto const size = all.size();
    all.push_back({});
    auto const back = ab::decode<TestType>(all);
    REQUIRE(!back);
    CHECK(back.error() == ab::errc::malformed);
    if (!ab::canonical_codec::fixed_size<TestType>)
      CHECK(back.error().where.view().starts_with("byte " + std::to_string(size) + " of "));
  }
}

TEST_CASE("encode asks its sink once, for exactly what it writes", "[codec]") {
  struct counting {
    ab::bytes all{};
    int calls = 0;
    std::byte* extend(std::size_t n) {
      ++calls;
      all.resize(all.size() + n);
      return all.data() + all.size() - n;
    }
  };
  counting sink;
  auto const value = samples::everything::values()[1];
  ab::canonical_codec::encode(value, sink);
  CHECK(sink.calls == 1);
  CHECK(sink.all == ab::encode(value));
}

TEST_CASE("encode adds behind what the sink has", "[codec]") {
  ab::bytes all{std::byte{9}};
  ab::append_bytes sink{all};
  ab::canonical_codec::encode(std::uint8_t{7}, sink);
  CHECK(all == ab::bytes{std::byte{9}, std::byte{7}});
}
