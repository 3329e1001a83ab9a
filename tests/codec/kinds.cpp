// What can be stored, what is refused and why; what is known of a type before there is a value.

#include "anabranch/codec.hpp"
#include "anabranch/codec/types/map.hpp"
#include "anabranch/codec/types/set.hpp"
#include "anabranch/codec/types/unordered_map.hpp"
#include "anabranch/core/identifiers.hpp"
#include "catch.hpp"

#include <any>
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <variant>

namespace {

using codec = ab::canonical_codec;
template <class T>
constexpr bool stored = codec::encodable<T>;

struct empty {};
struct pair {
  int a;
  int b;
};
struct needs_int {
  explicit needs_int(int);
};
class hidden {
  [[maybe_unused]] int x_ = 0;
};
struct base {
  int x;
};
union either {
  int a;
  float b;
};
enum open { one, two };
struct undefined;
struct abstract {
  virtual ~abstract() = default;
  virtual void f() = 0;
};

// Aggregates, each with the number of its fields.
struct with_names {
  int a;
  bool b;
  std::string c;
  std::optional<int> d;
  std::vector<std::string> e;
};
struct with_nested {
  pair a;
  pair b;
  std::array<pair, 3> c;
  std::array<std::array<int, 2>, 2> d;
};
struct with_empty {
  empty a;
  int b;
  empty c;
};
struct with_address {
  [[no_unique_address]] empty a;
  int b;
  [[no_unique_address]] std::monostate c;
};
struct with_defaults {
  int a = 1;
  std::string b = "b";
  std::vector<int> c = {1, 2};
};
struct with_constants {
  int const a;
  std::string const b;
};
struct with_statics {
  int a;
  [[maybe_unused]] static constexpr int b = 2;
  static inline std::string c;
  int d() const { return a; }
};
struct with_choice {
  int a;
  ab::one_of<pair, empty> b;
  std::string c;
};
struct with_choice_alone {
  ab::one_of<pair, empty> a;
};
struct with_itself {
  std::vector<with_itself> a;
};
struct with_itself_later {
  int a;
  std::optional<std::vector<with_itself_later>> b;
};
struct of_32 {
  int a1, a2, a3, a4, a5, a6, a7, a8, a9, b1, b2, b3, b4, b5, b6, b7, b8, b9, c1, c2, c3, c4, c5, c6, c7, c8, c9, d1,
      d2, d3, d4, d5;
};

struct of_33 {
  int a1, a2, a3, a4, a5, a6, a7, a8, a9, b1, b2, b3, b4, b5, b6, b7, b8, b9, c1, c2, c3, c4, c5, c6, c7, c8, c9, d1,
      d2, d3, d4, d5, d6;
};
struct with_base : base {
  int y;
};
struct with_base_only : base {};
struct with_empty_base : empty {
  int y;
};
struct with_string_base : std::string {};
struct with_array {
  int a;
  int b[3];
};
struct with_arrays {
  std::string a[2];
  int b[2][2];
  pair c;
};
struct with_array_of_one {
  int a[1];
};
struct with_array_of_choices {
  int a;
  ab::one_of<pair, empty> b[2];
  needs_int c;
};
struct with_bits {
  int a : 3;
  int b;
};
struct with_constant_bits {
  int const a : 3;
};
struct with_reference {
  int& a;
};
struct with_constant_reference {
  int a;
  std::string const& b;
};
struct with_rvalue {
  int&& a;
};
int global = 0;
struct with_default_reference {
  int a;
  int& b = global;
};
struct with_union {
  int a;
  either b;
};
struct with_nameless_union {
  int a;
  union {
    int b;
    float c;
  };
};
struct with_volatile {
  int volatile a;
};
struct with_pointer {
  int a;
  std::unique_ptr<int> b;
};
struct with_hidden {
  std::vector<std::map<int, hidden>> a;
};
struct with_itself_refused {
  std::vector<with_itself_refused> a;
  hidden b;
};

struct with_view {
  int a;
  std::vector<std::optional<std::string_view>> b;
};
struct with_itself_and_view {
  std::vector<with_itself_and_view> a;
  std::string_view b;
};
struct large_tree {
  std::array<char, 1025> a;
  std::vector<large_tree> b;
};
struct large {
  std::array<char, 1025> a;
};
struct tree_with_large {
  std::vector<std::vector<large>> a;
  std::vector<tree_with_large> b;
};
struct tree_with_choice {
  std::vector<ab::one_of<large, std::vector<tree_with_choice>>> a;
};
struct tree_of_large {
  std::vector<char> a;
  std::vector<tree_of_large> b;
};
struct stateful_less {
  int state;
  bool operator()(int a, int b) const { return a < b; }
};

}  // namespace

TEST_CASE("what can be stored", "[codec]") {
  STATIC_REQUIRE(stored<bool> && stored<char> && stored<signed char> && stored<unsigned char> && stored<char8_t>);
  STATIC_REQUIRE(stored<char16_t> && stored<char32_t> && stored<short> && stored<int> && stored<long> &&
                 stored<long long>);
  STATIC_REQUIRE(stored<unsigned> && stored<unsigned long long> && stored<float> && stored<double> &&
                 stored<std::byte>);
  STATIC_REQUIRE(stored<std::string> && stored<std::string_view> && stored<ab::bytes> && stored<ab::bytes_view>);
  STATIC_REQUIRE(stored<std::vector<bool>> && stored<std::array<int, 0>> && stored<std::tuple<>>);
  STATIC_REQUIRE(stored<std::pair<int const, std::string>> && stored<std::tuple<int const>>);
  STATIC_REQUIRE(stored<ab::revision> && stored<ab::event_id>);
  STATIC_REQUIRE(stored<empty> && stored<std::monostate> && stored<pair> && stored<with_names> && stored<with_nested>);
  STATIC_REQUIRE(stored<with_empty> && stored<with_address> && stored<with_defaults> && stored<with_constants>);
  STATIC_REQUIRE(stored<with_statics> && stored<with_choice> && stored<with_choice_alone> && stored<of_32>);
  STATIC_REQUIRE(stored<with_itself> && stored<with_itself_later> && stored<tree_of_large>);
}

TEST_CASE("what is refused, and never a hard error", "[codec]") {
  STATIC_REQUIRE(!stored<void> && !stored<int&> && !stored<int&&> && !stored<int()> && !stored<int const>);
  STATIC_REQUIRE(!stored<int*> && !stored<char const*> && !stored<std::nullptr_t> && !stored<int pair::*>);
  STATIC_REQUIRE(!stored<int[3]> && !stored<int[]> && !stored<either> && !stored<open> && !stored<undefined>);
  STATIC_REQUIRE(!stored<long double> && !stored<wchar_t> && !stored<std::wstring> && !stored<std::u16string>);
  STATIC_REQUIRE(!stored<hidden> && !stored<abstract> && !stored<needs_int> && !stored<std::any>);
  STATIC_REQUIRE(!stored<std::function<void()>> && !stored<std::atomic<int>> && !stored<std::unique_ptr<int>>);
  STATIC_REQUIRE(!stored<std::shared_ptr<int>> && !stored<std::span<int const>> && !stored<std::span<std::byte>>);
  STATIC_REQUIRE(!stored<std::span<std::byte const, 3>> && !stored<std::list<int>> &&
                 !stored<std::array<int const, 2>>);
  STATIC_REQUIRE(!stored<std::vector<int*>> && !stored<std::optional<long double>> && !stored<std::tuple<int&>>);
  STATIC_REQUIRE(!stored<std::map<int, hidden>> && !stored<std::pair<either, int>> && !stored<ab::one_of<int, hidden>>);
  STATIC_REQUIRE(!stored<std::map<int, int, stateful_less>> && !stored<std::set<int, bool (*)(int, int)>>);
  STATIC_REQUIRE(!stored<std::unordered_map<int, int, std::function<std::size_t(int)>>>);
  STATIC_REQUIRE(!stored<of_33> && !stored<with_base> && !stored<with_base_only> && !stored<with_empty_base>);
  STATIC_REQUIRE(!stored<with_string_base> && !stored<with_array> && !stored<with_arrays> &&
                 !stored<with_array_of_one>);
  STATIC_REQUIRE(!stored<with_array_of_choices> && !stored<with_bits> && !stored<with_constant_bits>);
  STATIC_REQUIRE(!stored<with_reference> && !stored<with_constant_reference> && !stored<with_rvalue>);
  STATIC_REQUIRE(!stored<with_default_reference> && !stored<with_union> && !stored<with_nameless_union>);
  STATIC_REQUIRE(!stored<with_volatile> && !stored<with_pointer> && !stored<with_hidden> &&
                 !stored<with_itself_refused>);
  STATIC_REQUIRE(!stored<large_tree> && !stored<tree_with_large> && !stored<tree_with_choice> && stored<large>);
  // Containers whose header is not included. They could not be told apart from those that nobody knows.
  STATIC_REQUIRE(!stored<std::deque<int>> && !stored<std::variant<int>>);
}

TEST_CASE("every field of an aggregate is stored, and none twice", "[codec][R5]") {
  auto const size = [](auto const& value) { return ab::encode(value).size(); };
  CHECK(size(with_names{1, true, "abc", 4, {"e"}}) == 4 + 1 + (4 + 3) + (1 + 4) + (4 + 4 + 1));
  CHECK(size(with_nested{}) == 8 + 8 + 24 + 16);
  CHECK(size(with_empty{}) == 4);
  CHECK(size(with_address{}) == 4);
  CHECK(size(with_defaults{}) == 4 + 5 + 12);
  CHECK(size(with_constants{1, "a"}) == 4 + 5);
  CHECK(size(with_statics{}) == 4);
  CHECK(size(with_choice{1, pair{}, ""}) == 4 + 9 + 4);
  CHECK(size(of_32{}) == 128);

  auto const back = ab::decode<with_constants>(ab::encode(with_constants{7, "seven"}));
  REQUIRE(back);
  CHECK(back->a == 7);
  CHECK(back->b == "seven");
  of_32 many{};
  many.a1 = 1;
  many.d5 = 32;
  auto const all = ab::decode<of_32>(ab::encode(many));
  REQUIRE(all);
  CHECK(all->a1 == 1);
  CHECK(all->d5 == 32);
}

TEST_CASE("values of fixed size", "[codec]") {
  STATIC_REQUIRE(codec::fixed_size<int> && codec::least_size<int> == 4);
  STATIC_REQUIRE(codec::fixed_size<empty> && codec::least_size<empty> == 0);
  STATIC_REQUIRE(codec::fixed_size<with_nested> && codec::least_size<with_nested> == 56);
  STATIC_REQUIRE(codec::fixed_size<std::array<pair, 3>> && codec::least_size<std::array<pair, 3>> == 24);
  STATIC_REQUIRE(codec::fixed_size<ab::one_of<pair, std::int64_t>> &&
                 codec::least_size<ab::one_of<pair, std::int64_t>> == 9);
  STATIC_REQUIRE(!codec::fixed_size<ab::one_of<pair, int>> && codec::least_size<ab::one_of<pair, int>> == 5);
  STATIC_REQUIRE(!codec::fixed_size<std::string> && codec::least_size<std::string> == 4);
  STATIC_REQUIRE(!codec::fixed_size<std::optional<int>> && codec::least_size<std::optional<int>> == 1);
  STATIC_REQUIRE(!codec::fixed_size<with_names> && codec::least_size<with_names> == 4 + 1 + 4 + 1 + 4);
}

TEST_CASE("views borrow, wherever they are", "[codec]") {
  STATIC_REQUIRE(codec::borrows<std::string_view> && codec::borrows<ab::bytes_view>);
  STATIC_REQUIRE(codec::borrows<with_view> && codec::borrows<with_itself_and_view>);
  STATIC_REQUIRE(codec::borrows<ab::one_of<int, std::map<int, std::string_view>>>);
  STATIC_REQUIRE(!codec::borrows<with_names> && !codec::borrows<with_itself> && !codec::borrows<int>);

  ab::bytes const all = ab::encode(with_view{1, {"one", std::nullopt}});
  auto const back = ab::decode<with_view>(all);
  REQUIRE(back);
  CHECK(back->b[0] == "one");
  auto const* const text = reinterpret_cast<std::byte const*>(back->b[0]->data());
  CHECK((text >= all.data() && text < all.data() + all.size()));

  // No view into bytes that are gone.
  constexpr auto from_temporary = []<class T>(T const*) { return requires { ab::decode<T>(ab::bytes()); }; };
  STATIC_REQUIRE(!from_temporary(static_cast<std::string_view const*>(nullptr)));
  STATIC_REQUIRE(from_temporary(static_cast<std::string const*>(nullptr)));
}

namespace {

struct no_axis : codec {
  using policy_axis = void;
};
struct no_shape {
  using policy_axis = ab::codec_axis;
  template <class T>
  static constexpr bool encodable = true;
  template <class T>
  static consteval void require() {}
  template <class T, class Sink>
  static void encode(T const&, Sink&) {}
  template <class T>
  static ab::result<T> decode(ab::bytes_view);
  template <class T>
  [[maybe_unused]] static constexpr bool borrows = false;
};
struct no_sink {};

}  // namespace

TEST_CASE("the concept of a codec", "[codec]") {
  STATIC_REQUIRE(ab::codec_for<codec, int>);
  STATIC_REQUIRE(ab::codec_for<codec, with_names>);
  STATIC_REQUIRE(!ab::codec_for<codec, int*>);
  STATIC_REQUIRE(!ab::codec_for<codec, hidden>);
  STATIC_REQUIRE(!ab::codec_for<no_axis, int>);
  STATIC_REQUIRE(!ab::codec_for<no_shape, int>);
  STATIC_REQUIRE(!ab::codec_for<int, int>);
  STATIC_REQUIRE(ab::byte_sink<ab::append_bytes>);
  STATIC_REQUIRE(!ab::byte_sink<no_sink>);
}
