// Types that say themselves how they are stored: ab::fields and ab::codec_traits.

#include "anabranch/codec.hpp"
#include "anabranch/codec/types/map.hpp"
#include "catch.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>

namespace {

using codec = ab::canonical_codec;

class listed {
 public:
  static constexpr auto fields() { return ab::fields(&listed::a_, &listed::b_); }
  listed() = default;
  listed(int a, std::string b) : a_(a), b_(std::move(b)) {}
  bool operator==(listed const&) const = default;

  int not_stored = 0;

 private:
  int a_ = -1;
  std::string b_ = "default";
};

class listed_in_private {
 public:
  int a() const { return a_; }
  explicit listed_in_private(int a = 0) : a_(a) {}

 private:
  friend struct ab::field_access;
  static constexpr auto fields() { return ab::fields(&listed_in_private::a_); }
  int a_;
};

template <class T>
class listed_template {
 public:
  static constexpr auto fields() { return ab::fields(&listed_template::a_); }
  T a_{};
};

class derived : public listed {};
class derived_with_list : public listed_template<int> {
 public:
  static constexpr auto fields() {
    return ab::fields<derived_with_list>(&derived_with_list::a_, &derived_with_list::b);
  }
  int b = 0;
};
class lists_nothing {
 public:
  static constexpr auto fields() { return ab::fields<lists_nothing>(); }

 private:
  [[maybe_unused]] int a_ = 0;
};
class lists_nothing_of_nothing {
 public:
  static constexpr auto fields() { return ab::fields<lists_nothing_of_nothing>(); }
};
class no_default {
 public:
  static constexpr auto fields() { return ab::fields(&no_default::a); }
  explicit no_default(int);
  int a;
};
class lists_constant {
 public:
  static constexpr auto fields() { return ab::fields(&lists_constant::a); }
  int const a = 0;
};
struct field_named_fields {
  std::vector<int> fields;
};
struct function_named_fields {
  static int fields() { return 3; }
  int a = 0;
};

// An aggregate may list its fields too, in an order of its own.
struct reordered {
  static constexpr auto fields() { return ab::fields(&reordered::b, &reordered::a); }
  std::uint8_t a = 0;
  std::uint16_t b = 0;
};

// 40 fields, more than an aggregate may have.
struct many_fields {
  std::array<int, 0> unused{};
  int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0, k = 0, l = 0, m = 0, n = 0, o = 0, p = 0,
      q = 0, r = 0, s = 0, t = 0, u = 0, v = 0, w = 0, x = 0, y = 0, z = 0, aa = 0, bb = 0, cc = 0, dd = 0, ee = 0,
      ff = 0, gg = 0;
  static constexpr auto fields() {
    using self = many_fields;
    return ab::fields(&self::a, &self::b, &self::c, &self::d, &self::e, &self::f, &self::g, &self::h, &self::i,
                      &self::j, &self::k, &self::l, &self::m, &self::n, &self::o, &self::p, &self::q, &self::r,
                      &self::s, &self::t, &self::u, &self::v, &self::w, &self::x, &self::y, &self::z, &self::aa,
                      &self::bb, &self::cc, &self::dd, &self::ee, &self::ff, &self::gg);
  }
};

// A type with an invariant, no default constructor, and no copies.
class email {
 public:
  static ab::result<email> parse(std::string_view s) {
    if (s.find('@') == s.npos) return ab::error(ab::errc::invalid_argument, "an email without @", "add one");
    return email(std::string(s));
  }
  email(email&&) = default;
  std::string const& text() const { return text_; }

 private:
  explicit email(std::string s) : text_(std::move(s)) {}
  std::string text_;
};

// A type that is stored as itself, one level down.
struct json {
  std::unique_ptr<std::vector<json>> children;
};
struct stored_json {
  std::vector<json> children;
};

struct kilometres {
  double value = 0;
};
struct borrowing {
  std::string_view text;
  explicit borrowing(std::string_view s) : text(s) {}
};
struct half_done {
  explicit half_done(int) {}
};

struct contact {
  std::string name;
  email address;
  std::optional<email> other;
};

}  // namespace

template <>
struct ab::codec_traits<email> {
  using stored = std::string_view;
  static constexpr bool borrows = false;
  static stored to(email const& e) { return e.text(); }
  static ab::result<email> from(stored s) { return email::parse(s); }
};
template <>
struct ab::codec_traits<json> {
  using stored = std::vector<json>;
  static stored to(json const& j) {
    stored s;
    if (j.children)
      for (auto const& c : *j.children) s.push_back({std::make_unique<stored>(to(c))});
    return s;
  }
  static json from(stored s) { return {std::make_unique<stored>(std::move(s))}; }
};
template <>
struct ab::codec_traits<kilometres> {
  using stored = std::int64_t;  // metres
  static constexpr stored to(kilometres k) { return static_cast<stored>(k.value * 1000); }
  static constexpr kilometres from(stored m) { return {static_cast<double>(m) / 1000}; }
};
template <>
struct ab::codec_traits<borrowing> {
  using stored = std::string_view;
  static stored to(borrowing const& b) { return b.text; }
  static borrowing from(stored s) { return borrowing(s); }
};
template <>
struct ab::codec_traits<half_done> {
  using stored = int;
  static stored to(half_done const&) { return 0; }
};
template <class Rep, class Period>
struct ab::codec_traits<std::chrono::duration<Rep, Period>> {
  using stored = Rep;
  static constexpr stored to(std::chrono::duration<Rep, Period> d) { return d.count(); }
  static constexpr std::chrono::duration<Rep, Period> from(stored n) { return std::chrono::duration<Rep, Period>(n); }
};

TEST_CASE("a class that lists its fields is stored by them", "[codec][R5]") {
  listed const value(7, "seven");
  auto const all = ab::encode(value);
  CHECK(all == ab::encode(std::tuple<int, std::string>(7, "seven")));
  auto const back = ab::decode<listed>(all);
  REQUIRE(back);
  CHECK(*back == value);
  auto const many = ab::decode<std::vector<listed>>(ab::encode(std::vector<listed>{value, {}}));
  REQUIRE(many);
  CHECK(many->at(0) == value);
  CHECK(many->at(1) == listed());

  CHECK(ab::decode<listed_in_private>(ab::encode(listed_in_private(5)))->a() == 5);
  CHECK(ab::encode(reordered{1, 2}) == ab::encode(std::pair<std::uint16_t, std::uint8_t>(2, 1)));
  CHECK(ab::encode(many_fields{}).size() == 33 * 4);
  STATIC_REQUIRE(codec::encodable<listed_template<std::string>>);
  STATIC_REQUIRE(codec::least_size<derived_with_list> == 8);
  STATIC_REQUIRE(codec::encodable<lists_nothing_of_nothing>);
  STATIC_REQUIRE(codec::least_size<field_named_fields> == 4);
  STATIC_REQUIRE(codec::least_size<function_named_fields> == 4);
}

TEST_CASE("a list of fields that loses something is refused", "[codec]") {
  STATIC_REQUIRE(!codec::encodable<derived>);
  STATIC_REQUIRE(!codec::encodable<lists_nothing>);
  STATIC_REQUIRE(!codec::encodable<no_default>);
  STATIC_REQUIRE(!codec::encodable<lists_constant>);
  STATIC_REQUIRE(!codec::encodable<listed_template<int*>>);
}

TEST_CASE("codec_traits store a type as another, and check it when it is read", "[codec][R5][R73]") {
  auto const written = ab::encode(std::string("me@here"));
  auto const read = ab::decode<email>(written);
  REQUIRE(read);
  CHECK(read->text() == "me@here");
  CHECK(ab::encode(*read) == written);
  STATIC_REQUIRE(codec::shape<email>() == codec::shape<std::string>());

  auto const refused = ab::decode<email>(ab::encode(std::string("nobody")));
  REQUIRE(!refused);
  CHECK(refused.error() == ab::errc::malformed);
  CHECK(refused.error().what == "an email without @");
  CHECK(refused.error().advice == "add one");
  CHECK(refused.error().where.view().starts_with("byte 0 of "));
}

TEST_CASE("codec_traits work inside of aggregates and containers", "[codec][R5]") {
  contact const value{"me", *email::parse("me@here"), email::parse("me@there").value_or(*email::parse("@"))};
  auto const all = ab::encode(value);
  auto const back = ab::decode<contact>(all);
  REQUIRE(back);
  CHECK(back->address.text() == "me@here");
  CHECK(back->other->text() == "me@there");
  CHECK(ab::encode(*back) == all);

  auto wrong = all;
  wrong[4 + 2 + 4 + 2] = std::byte{'x'};  // the @ of the first
  auto const refused = ab::decode<contact>(wrong);
  REQUIRE(!refused);
  CHECK(refused.error().where.view().starts_with("byte 6 of "));

  std::array<std::pair<email, int>, 2> two{std::pair{*email::parse("a@"), 1}, std::pair{*email::parse("b@"), 2}};
  auto const array = ab::decode<std::array<std::pair<email, int>, 2>>(ab::encode(two));
  REQUIRE(array);
  CHECK((*array)[1].first.text() == "b@");
}

TEST_CASE("codec_traits of a type that contains itself have a depth", "[codec][R69]") {
  json tree;
  for (int i = 0; i < 10; ++i) {
    json outer{std::make_unique<std::vector<json>>()};
    outer.children->push_back(std::move(tree));
    tree = std::move(outer);
  }
  auto const all = ab::encode(tree);
  CHECK(all.size() == 11 * 4);
  CHECK(ab::encode(*ab::decode<json>(all)) == all);
  ab::bytes deep;
  for (int i = 0; i < 100'000; ++i) deep.insert(deep.end(), {std::byte{1}, {}, {}, {}});
  CHECK(ab::decode<json>(deep).error().what == "values are nested too deeply");
}

TEST_CASE("codec_traits may be total, partial specialisations and constant expressions", "[codec]") {
  STATIC_REQUIRE(ab::decode<kilometres>(ab::encode(kilometres{1.5}))->value == 1.5);
  STATIC_REQUIRE(codec::fixed_size<kilometres>);
  using namespace std::chrono_literals;
  CHECK(*ab::decode<std::chrono::milliseconds>(ab::encode(std::chrono::milliseconds(5s))) == 5s);
}

TEST_CASE("codec_traits of a view borrow unless they say otherwise", "[codec]") {
  STATIC_REQUIRE(codec::borrows<borrowing>);
  STATIC_REQUIRE(!codec::borrows<email>);
  STATIC_REQUIRE(!codec::borrows<contact>);
}

TEST_CASE("codec_traits that lack a function are refused", "[codec]") { STATIC_REQUIRE(!codec::encodable<half_done>); }
