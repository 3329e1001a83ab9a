#include "anabranch/ext/cereal/binary.hpp"
#include "anabranch/ext/cereal/json.hpp"
#include "codec/round_trips.hpp"
#include "codec/samples.hpp"

#include <cereal/archives/portable_binary.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/deque.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/set.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/tuple.hpp>
#include <cereal/types/unordered_map.hpp>
#include <cereal/types/unordered_set.hpp>
#include <cereal/types/utility.hpp>
#include <cereal/types/vector.hpp>
#include <random>
#include <sstream>
#include <string>

// The types that have all that the others have; what each of them must prove is compiled for three archives.
#define COMPOSITIONS samples::words, samples::lists, samples::everything

// rapidjson, as the releases of cereal bring it, assigns to a const member, which Clang 18 and GCC 14 refuse to
// compile.
#if defined(__clang__) ? __clang_major__ < 18 : __GNUC__ < 14
#include <cereal/archives/json.hpp>
#define CEREAL_HAS_JSON 1
#else
#define CEREAL_HAS_JSON 0
#endif

TEMPLATE_TEST_CASE("cereal's binary brings every value back exactly", "[ext][cereal][R5]", SAMPLES) {
  samples::comes_back_exactly<ab::cereal_binary, TestType>();
}

TEMPLATE_TEST_CASE("cereal's JSON brings every value back exactly", "[ext][cereal][R5]", SAMPLES) {
  samples::comes_back_exactly<ab::cereal_json, TestType>();
}

TEMPLATE_TEST_CASE("cereal's binary refuses what is cut short", "[ext][cereal][R73]", COMPOSITIONS) {
  samples::is_refused_where_cut_short<ab::cereal_binary, TestType>();
}

TEMPLATE_TEST_CASE("cereal's JSON refuses what is cut short", "[ext][cereal][R73]", COMPOSITIONS) {
  samples::is_refused_where_cut_short<ab::cereal_json, TestType>();
}

TEMPLATE_TEST_CASE("cereal_binary writes what cereal's portable archive writes", "[ext][cereal]", COMPOSITIONS) {
  for (TestType const& value : TestType::values()) {
    std::ostringstream out;
    {
      cereal::PortableBinaryOutputArchive archive(out, cereal::PortableBinaryOutputArchive::Options::LittleEndian());
      archive(value);
    }
    auto const theirs = out.str();
    auto const all = samples::encoded<ab::cereal_binary>(value);
    CHECK(std::string(reinterpret_cast<char const*>(all.data()), all.size()) == theirs);
  }
}

#if CEREAL_HAS_JSON
namespace {

struct note {
  std::string text{};
  std::vector<std::int32_t> numbers{};
  std::map<std::string, double> reals{};
  samples::colour colour{};
  std::vector<note> replies{};
  bool operator==(note const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text), CEREAL_NVP(numbers), CEREAL_NVP(reals), colour, CEREAL_NVP(replies));
  }
};

}  // namespace

TEST_CASE("cereal_json and cereal's own archive read each other's text", "[ext][cereal]") {
  note const value{
      "Grüße \"\\\n\t", {1, -2}, {{"a", 0.1}, {"b", -1e300}}, samples::colour::green, {{"re", {}, {}, {}, {}}}};
  auto const ours = samples::encoded<ab::cereal_json>(value);
  std::istringstream in(std::string(reinterpret_cast<char const*>(ours.data()), ours.size()));
  note back;
  cereal::JSONInputArchive{in}(back);
  CHECK(back == value);

  std::ostringstream out;
  cereal::JSONOutputArchive{out}(value);
  auto const theirs = out.str();
  auto const read = ab::cereal_json::decode<note>(std::as_bytes(std::span(theirs)));
  REQUIRE(read);
  CHECK(*read == value);
}
#endif

TEMPLATE_TEST_CASE("changed bytes are an error or a value, and no undefined behaviour", "[ext][cereal][R73]",
                   COMPOSITIONS) {
  std::mt19937 random(3);
  auto const attack = [&]<class Codec>(Codec) {
    for (TestType const& value : TestType::values()) {
      auto const all = samples::encoded<Codec>(value);
      if (all.size() > 4000) continue;
      for (int round = 0; round < 300; ++round) {
        auto changed = all;
        for (int n = 0; n < 2; ++n) changed[random() % changed.size()] ^= static_cast<std::byte>(1U << random() % 8);
        try {
          auto const back = Codec::template decode<TestType>(changed);
          if (!back) CHECK(back.error() == ab::errc::malformed);
        } catch (std::bad_alloc const&) {
          FAIL("memory for a length that was not checked");
        }
      }
    }
  };
  attack(ab::cereal_binary());
  attack(ab::cereal_json());
}
