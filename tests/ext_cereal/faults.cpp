// What the cereal codecs refuse, and what they say.

#include "anabranch/codec/encode.hpp"
#include "anabranch/core/definition.hpp"
#include "anabranch/ext/cereal/binary.hpp"
#include "anabranch/ext/cereal/json.hpp"
#include "catch.hpp"

#include <array>
#include <cereal/types/array.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/memory.hpp>
#include <cereal/types/polymorphic.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>
#include <initializer_list>
#include <limits>
#include <string>

namespace {

using binary = ab::cereal_binary;
using json = ab::cereal_json;

struct note {
  std::int32_t number = 0;
  std::string text{};
  bool operator==(note const&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(number), CEREAL_NVP(text));
  }
};
struct narrow {
  std::int8_t a = 0;
  std::uint64_t b = 0;
  long long c = 0;
  double d = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(a), CEREAL_NVP(b), CEREAL_NVP(c), CEREAL_NVP(d));
  }
};
struct tree {
  std::vector<tree> children{};
  template <class Archive>
  void serialize(Archive& archive) {
    archive(children);
  }
};
struct nothing {
  template <class Archive>
  void serialize(Archive&) {}
};
struct unserialisable {
  int a;
};
struct no_default {
  explicit no_default(int n) : a(n) {}
  int a;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(a);
  }
};
struct named {
  static constexpr ab::definition definition{"named", 1};
  template <class Archive>
  void serialize(Archive&) {}
};
struct renamed {
  static constexpr ab::definition definition{"named", 1};
  template <class Archive>
  void serialize(Archive&) {}
};
struct changed {
  static constexpr ab::definition definition{"named", 2};
  template <class Archive>
  void serialize(Archive&) {}
};
struct refuses {
  int a = 0;
  template <class Archive>
  void save(Archive& archive) const {
    archive(a);
  }
  template <class Archive>
  void load(Archive& archive) {
    archive(a);
    if (a < 0) throw cereal::Exception("a must not be negative");
    if (a > 9) throw a;
  }
};

template <class Codec, class T>
ab::bytes encoded(T const& value) {
  ab::bytes all;
  ab::append_bytes sink{all};
  Codec::encode(value, sink);
  return all;
}
ab::bytes raw(std::initializer_list<int> values) {
  ab::bytes all;
  for (int v : values) all.push_back(static_cast<std::byte>(v));
  return all;
}
ab::bytes_view text(std::string_view s) { return std::as_bytes(std::span(s)); }

template <class Codec, class T>
void is_refused(ab::bytes_view all, std::string_view because) {
  auto const back = Codec::template decode<T>(all);
  REQUIRE(!back);
  CHECK(back.error() == ab::errc::malformed);
  INFO(back.error().message().c_str());
  CHECK(back.error().where.view().find(because) != std::string_view::npos);
}

}  // namespace

TEST_CASE("cereal codecs: what they can store", "[ext][cereal]") {
  STATIC_REQUIRE(ab::codec_for<binary, note> && ab::codec_for<json, note>);
  STATIC_REQUIRE(ab::codec_for<binary, int> && ab::codec_for<json, std::string>);
  STATIC_REQUIRE(binary::encodable<std::map<int, std::string>> && json::encodable<std::unique_ptr<note>>);
  STATIC_REQUIRE(!binary::encodable<unserialisable> && !json::encodable<unserialisable>);
  STATIC_REQUIRE(!binary::encodable<no_default> && !json::encodable<no_default>);
  STATIC_REQUIRE(!binary::encodable<void> && !binary::encodable<int&> && !binary::encodable<int*>);
  STATIC_REQUIRE(!binary::encodable<int const> && !binary::encodable<int[2]> && !binary::encodable<long double>);
  STATIC_REQUIRE(!binary::borrows<note> && !json::borrows<note> && !binary::fixed_size<note>);
}

TEST_CASE("cereal codecs: a fingerprint is of the definition", "[ext][cereal]") {
  STATIC_REQUIRE(binary::shape<named>() == binary::shape<renamed>());
  STATIC_REQUIRE(binary::shape<named>() != binary::shape<changed>());
  STATIC_REQUIRE(binary::shape<named>() != json::shape<named>());
  STATIC_REQUIRE(binary::shape<note>() != binary::shape<tree>());
}

TEST_CASE("cereal_binary refuses what cereal would take", "[ext][cereal][R73]") {
  is_refused<binary, bool>(raw({1, 2}), "a bool is neither 0 nor 1");
  is_refused<binary, bool>(raw({1, 1, 0}), "bytes are left over after the value");
  is_refused<binary, bool>(raw({0, 1}), "the bytes don't start with the mark of little-endian data");
  is_refused<binary, bool>(raw({}), "the bytes end before the value does");
  is_refused<binary, std::vector<bool>>(raw({1, 1, 0, 0, 0, 0, 0, 0, 0, 7}), "a bool is neither 0 nor 1");
  auto const huge = raw({1, 255, 255, 255, 255, 255, 255, 255, 127, 0});
  is_refused<binary, std::string>(huge, "a length is larger than what can follow");
  is_refused<binary, std::vector<std::string>>(huge, "a length is larger than what can follow");
  is_refused<binary, std::vector<nothing>>(huge, "a length is larger than what can follow");
  CHECK(binary::decode<std::vector<nothing>>(encoded<binary>(std::vector<nothing>(1000)))->size() == 1000);
}

TEST_CASE("cereal_binary stores an empty array as nothing", "[ext][cereal]") {
  std::array<int, 0> const none{};
  CHECK(encoded<binary>(none) == raw({1}));
  CHECK(binary::decode<std::array<int, 0>>(raw({1})));
}

TEST_CASE("cereal codecs refuse what is nested without end, and don't write it", "[ext][cereal][R69]") {
  auto deep = raw({1});
  for (int i = 0; i < 1'000'000; ++i) deep.insert(deep.end(), {std::byte{1}, {}, {}, {}, {}, {}, {}, {}});
  is_refused<binary, tree>(deep, "values are nested too deeply");
  std::string open(1'000'000, '[');
  is_refused<json, tree>(text(open), "values are nested too deeply");

  tree t;
  for (int i = 0; i < 100; ++i) t = {{std::move(t)}};
  CHECK(binary::decode<tree>(encoded<binary>(t)));
  CHECK(json::decode<tree>(encoded<json>(t)));
  for (int i = 0; i < 1000; ++i) t = {{std::move(t)}};
  CHECK_THROWS_AS(encoded<binary>(t), std::bad_alloc);
  CHECK_THROWS_AS(encoded<json>(t), std::bad_alloc);
}

TEST_CASE("cereal_json reads what people write", "[ext][cereal]") {
  auto const read = [](std::string_view s) { return json::decode<note>(text(s)); };
  note const expected{-7, "né\n"};
  CHECK(*read(R"({"value0":{"number":-7,"text":"né\n"}})") == expected);
  CHECK(*read(" {\r\n\t\"value0\" : { \"text\" : \"n\\u00e9\\u000A\", \"more\": [1, {}, null], \"number\" : -7 } } ") ==
        expected);
  CHECK(*read(R"([{"number":-7,"text":"né\n"}])") == expected);
  CHECK(read(R"({"value0":{"number":1,"text":"\ud83c\udf0a\/"}})")->text == "🌊/");
  CHECK(read(R"({"value0":{"number":1,"text":"a\u0000b"}})")->text == std::string("a\0b", 3));
  CHECK(read(R"({"value0":{"number":"5","text":""}})")->number == 5);
}

TEST_CASE("cereal_json says what is wrong", "[ext][cereal][R73]") {
  auto const refused = [](std::string_view s, std::string_view because) { is_refused<json, note>(text(s), because); };
  for (auto s : {"",
                 " ",
                 "{",
                 "}",
                 "{}}",
                 "[1,]",
                 "{\"a\"}",
                 "{\"a\":}",
                 "{\"a\":1,}",
                 "\"",
                 "\"\\",
                 "\"\\x\"",
                 "\"\\u12\"",
                 "\"\\ud800\"",
                 "\"\\ud800\\u0041\"",
                 "\"\\udc00\"",
                 "[1 2]",
                 "{\"a\":1 \"b\":2}",
                 "[\"\n\"]",
                 "[1]x",
                 "[tr&e]"})
    refused(s, "the text is no JSON");
  refused(std::string_view("{}\0", 3), "the text is no JSON");
  refused("{}", "a value is missing");
  refused("7", "a value is missing");
  refused(R"({"value0":7})", "an object or an array is expected");
  refused(R"({"value0":{"number":1}})", "a value is missing");
  refused(R"({"value0":{"number":1,"text":2}})", "a text is expected");
  refused(R"({"value0":{"number":true,"text":""}})", "a number is expected");
  refused(R"({"value0":{"number":1.5,"text":""}})", "a number is expected");
  refused(R"({"value0":{"number":2147483648,"text":""}})", "one that the type can hold");
  is_refused<json, std::vector<int>>(text(R"({"value0":{"a":1}})"), "an array is expected");

  auto const number = [](std::string_view a, std::string_view b, std::string_view c, std::string_view d) {
    std::string s = R"({"value0":{"a":)";
    s.append(a).append(R"(,"b":)").append(b).append(R"(,"c":)").append(c).append(R"(,"d":)").append(d).append("}}");
    return json::decode<narrow>(text(s));
  };
  CHECK(number("-128", "18446744073709551615", "\"-9223372036854775808\"", "-1.5e-3")->d == -0.0015);
  CHECK(!number("128", "0", "0", "0"));
  CHECK(!number("0", "-1", "0", "0"));
  CHECK(!number("0", "18446744073709551616", "0", "0"));
  CHECK(!number("0", "0", "0", "1e999"));
  CHECK(!number("0", "0", "0", "nan"));
  CHECK(!number("0", "0", "0", "--1"));
  CHECK(!number("0", "0", "0", "-"));
  CHECK(!number("0", "0", "0", "\"x\""));
}

TEST_CASE("exceptions of cereal become errors, those of the type pass", "[ext][cereal][R73]") {
  is_refused<binary, refuses>(encoded<binary>(refuses{-1}), "a must not be negative");
  is_refused<json, refuses>(encoded<json>(refuses{-1}), "a must not be negative");
  CHECK(binary::decode<refuses>(encoded<binary>(refuses{5}))->a == 5);
  CHECK_THROWS_AS(binary::decode<refuses>(encoded<binary>(refuses{10})), int);
  CHECK_THROWS_AS(json::decode<refuses>(encoded<json>(refuses{10})), int);
}

namespace {

struct shape {
  virtual ~shape() = default;
  virtual int area() const = 0;
};
struct square : shape {
  int side = 0;
  int area() const override { return side * side; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(side));
  }
};

}  // namespace

CEREAL_REGISTER_TYPE(square)
CEREAL_REGISTER_POLYMORPHIC_RELATION(shape, square)

TEST_CASE("cereal codecs store what cereal can: pointers to derived classes", "[ext][cereal]") {
  auto const made = std::make_shared<square>();
  made->side = 3;
  std::vector<std::shared_ptr<shape>> const shapes{made, nullptr, made};
  auto const check = [&]<class Codec>(Codec) {
    auto const back = Codec::template decode<std::vector<std::shared_ptr<shape>>>(encoded<Codec>(shapes));
    REQUIRE(back);
    CHECK((*back)[0]->area() == 9);
    CHECK((*back)[1] == nullptr);
    CHECK((*back)[2] == (*back)[0]);
  };
  check(binary());
  check(json());
}
