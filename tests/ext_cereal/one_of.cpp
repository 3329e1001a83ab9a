#include "anabranch/ext/cereal/one_of.hpp"
#include "anabranch/ext/cereal/binary.hpp"
#include "anabranch/ext/cereal/json.hpp"
#include "catch.hpp"

#include <anabranch/codec.hpp>

#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>
#include <span>
#include <string>
#include <vector>

namespace {

struct said {
  static constexpr ab::definition definition{"said", 2};
  std::string text;
  friend bool operator==(said const&, said const&) = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text));
  }
};
struct paid {
  std::int64_t cents = 0;
  friend bool operator==(paid const&, paid const&) = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cents));
  }
};
struct left {
  friend bool operator==(left const&, left const&) = default;
};

template <class... Ts>
struct holder {
  std::string before{};
  ab::one_of<Ts...> event = left{};
  std::vector<int> after{};
  friend bool operator==(holder const&, holder const&) = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(before), CEREAL_NVP(event), CEREAL_NVP(after));
  }
};
using note = holder<said, paid, left>;
using later = holder<left, said, paid, int>;  // one more, in another order
using earlier = holder<left, paid>;

template <class Codec, class T>
ab::bytes encoded(T const& value) {
  ab::bytes all;
  ab::append_bytes sink{all};
  Codec::encode(value, sink);
  return all;
}

}  // namespace

TEMPLATE_TEST_CASE("what a one_of holds comes back through cereal", "[ext][cereal][R5]", ab::cereal_binary,
                   ab::cereal_json) {
  for (note const& n :
       {note{"", said{"h\xC3\xA9\n\"\\ "}, {1, 2}}, note{"x", paid{INT64_MIN}, {}}, note{"x", left{}, {3}}}) {
    auto const bytes = encoded<TestType>(n);
    auto const back = TestType::template decode<note>(bytes);
    REQUIRE(back);
    CHECK(*back == n);
    auto const known = TestType::template decode<later>(bytes);
    REQUIRE(known);
    CHECK(known->after == n.after);
    CHECK(encoded<TestType>(*known) == bytes);
  }
}

TEMPLATE_TEST_CASE("a name that a one_of doesn't have is refused", "[ext][cereal][R73]", ab::cereal_binary,
                   ab::cereal_json) {
  auto const unknown = TestType::template decode<earlier>(encoded<TestType>(note{"", said{"x"}, {}}));
  REQUIRE(!unknown);
  CHECK(unknown.error() == ab::errc::malformed);
  CHECK(unknown.error().where.view().find("no type is called said") != std::string::npos);
  CHECK(TestType::template decode<earlier>(encoded<TestType>(note{"", paid{5}, {}})));

  auto whole = encoded<TestType>(note{"", said{"x"}, {1}});
  while (!whole.empty()) {
    whole.pop_back();
    CHECK(!TestType::template decode<note>(whole));
  }
}

TEST_CASE("a one_of as JSON is its type and its data", "[ext][cereal]") {
  std::string text;
  {
    ab::cereal_json_output out(text);
    out(cereal::make_nvp("a", ab::one_of<said, left>(said{"hi"})),
        cereal::make_nvp("b", ab::one_of<said, left>(left{})));
    out.finish();
  }
  CHECK(text == R"({"a":{"type":"said","data":{"text":"hi"}},"b":{"type":"left","data":{}}})");

  ab::one_of<said, left> value = said{"as before"};
  ab::cereal_json_input in(R"({"a":{"type":"gone","data":{}},"b":{"data":{},"type":"left"},"c":{"type":"said"}})");
  CHECK_THROWS_AS(in(cereal::make_nvp("a", value)), cereal::Exception);
  CHECK(value == ab::one_of<said, left>(said{"as before"}));
  ab::cereal_json_input other_order(R"({"b":{"data":{},"type":"left"}})");
  other_order(cereal::make_nvp("b", value));
  CHECK(value.holds<left>());
  ab::cereal_json_input without_data(R"({"c":{"type":"said"}})");
  CHECK_THROWS_AS(without_data(cereal::make_nvp("c", value)), cereal::Exception);
  CHECK(value.holds<left>());
}
