// The codec in constant expressions.

#include "anabranch/codec.hpp"
#include "catch.hpp"

#include <bit>
#include <cstdint>
#include <limits>

namespace {

enum class colour : std::uint8_t { red, green };

struct point {
  std::int32_t x = 0;
  std::int32_t y = 0;
  constexpr bool operator==(point const&) const = default;
};
struct drawn {
  std::vector<point> line;
  std::optional<colour> in;
  std::array<std::uint16_t, 3> rgb;
  std::pair<char, bool> flag;
  std::tuple<float, std::int64_t> rest;
  constexpr bool operator==(drawn const&) const = default;
};
struct erased {
  constexpr bool operator==(erased const&) const = default;
};
struct tree {
  std::uint8_t value = 0;
  std::vector<tree> children;
  constexpr bool operator==(tree const& o) const { return value == o.value && children == o.children; }
};
using event = ab::one_of<drawn, erased, point>;

class counter {
 public:
  static constexpr auto fields() { return ab::fields(&counter::n_, &counter::log_); }
  constexpr void add(std::int64_t n) {
    n_ += n;
    log_.push_back(n);
  }
  constexpr bool operator==(counter const&) const = default;

 private:
  std::int64_t n_ = 0;
  std::vector<std::int64_t> log_;
};

template <class T>
constexpr bool comes_back(T const& value) {
  auto const all = ab::encode(value);
  auto const back = ab::decode<T>(all);
  return back && *back == value && ab::encode(*back) == all;
}
template <class T>
constexpr bool every_cut_is_refused(T const& value) {
  auto const all = ab::encode(value);
  for (std::size_t n = 0; n < all.size(); ++n) {
    auto const back = ab::decode<T>(ab::bytes_view(all).first(n));
    if (back || back.error().code != ab::errc::malformed) return false;
  }
  return true;
}

constexpr drawn sample() {
  return {{{1, -1}, {std::numeric_limits<std::int32_t>::min(), 0}}, colour::green, {1, 2, 3}, {'x', true}, {-0.5F, -7}};
}
constexpr bool counts() {
  counter c;
  c.add(5);
  c.add(-7);
  return comes_back(c) && every_cut_is_refused(c);
}
constexpr bool grows() {
  tree t{1, {}};
  t.children.push_back({2, {}});
  t.children.push_back({3, {}});
  t.children[1].children.push_back({4, {}});
  return comes_back(t) && every_cut_is_refused(t);
}
constexpr bool says_where() {
  auto all = ab::encode(sample());
  all[20] = std::byte{9};  // the flag of the optional
  auto const back = ab::decode<drawn>(all);
  return !back && back.error().where.view().starts_with("byte 20 of ");
}
constexpr bool keeps_nan() {
  auto const all = ab::encode(std::bit_cast<double>(0xFFF8000000C0FFEEU));
  return ab::encode(*ab::decode<double>(all)) == all;
}

}  // namespace

TEST_CASE("encode and decode work in constant expressions", "[codec][R5]") {
  STATIC_REQUIRE(comes_back(std::numeric_limits<std::int64_t>::min()));
  STATIC_REQUIRE(comes_back(point{1, -2}));
  STATIC_REQUIRE(comes_back(sample()));
  STATIC_REQUIRE(comes_back(event{sample()}));
  STATIC_REQUIRE(comes_back(event{erased{}}));
  STATIC_REQUIRE(comes_back(std::vector<std::vector<char>>{{'a'}, {}}));
  STATIC_REQUIRE(comes_back(std::array<event, 2>{event{erased{}}, event{point{1, 2}}}));
  STATIC_REQUIRE(every_cut_is_refused(sample()));
  STATIC_REQUIRE(every_cut_is_refused(event{sample()}));
  STATIC_REQUIRE(counts());
  STATIC_REQUIRE(grows());
  STATIC_REQUIRE(says_where());
  STATIC_REQUIRE(keeps_nan());
}

TEST_CASE("the same bytes are made when compiling and when running", "[codec][R40]") {
  constexpr auto made = [] {
    std::array<std::byte, 42> fixed{};
    auto const all = ab::encode(sample());
    for (std::size_t i = 0; i < fixed.size(); ++i) fixed[i] = all[i];
    return fixed;
  }();
  auto const running = ab::encode(sample());
  REQUIRE(running.size() == made.size());
  CHECK(std::equal(made.begin(), made.end(), running.begin()));
}
