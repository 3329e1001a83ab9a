#include "catch.hpp"

#include <anabranch/codec/decode.hpp>
#include <anabranch/codec/encode.hpp>
#include <anabranch/container/fixed.hpp>
#include <anabranch/container/flat.hpp>
#include <anabranch/container/node.hpp>
#include <anabranch/lattice.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace lattice = ab::lattice;

namespace {

struct settings {
  lattice::max<int> volume;
  lattice::set<int> plugins;
};
struct node {
  lattice::max<int> value;
  lattice::map<int, node, ab::node_containers> below;
};

}  // namespace

TEST_CASE("a struct of lattices is one without a line of its own", "[lattice][R48]") {
  static_assert(ab::join_semilattice<settings> && ab::join_semilattice<node>);
  static_assert(!ab::join_semilattice<int> && !ab::join_semilattice<settings const>);
  settings phone{lattice::max(3), {1}}, laptop{lattice::max(5), {2}};
  CHECK(ab::join(phone, laptop));
  CHECK(phone.volume.value() == 5);
  CHECK(phone.plugins == lattice::set<int>{1, 2});
  CHECK_FALSE(ab::join(phone, laptop));
  CHECK(ab::leq(laptop, phone));
  auto const news = ab::difference(phone, laptop);
  CHECK(news.volume.is_bottom());
  CHECK(news.plugins == lattice::set<int>{1});
  node a, b;
  b.below.join_at(1, node{lattice::max(7), {}});
  CHECK(ab::join(a, b));
  CHECK(a.below.find(1)->value.value() == 7);
}

TEST_CASE("a NaN was not seen, and there is one zero", "[lattice][R48]") {
  lattice::max<double> const none(std::numeric_limits<double>::quiet_NaN());
  CHECK(none == lattice::max<double>());
  CHECK_FALSE(std::signbit(lattice::max<double>(-0.0).value()));
  CHECK_FALSE(ab::decode<lattice::max<double>>(ab::encode(std::numeric_limits<double>::quiet_NaN())));
  CHECK_FALSE(ab::decode<lattice::max<double>>(ab::encode(-0.0)));
  CHECK(ab::decode<lattice::max<double>>(ab::encode(2.5))->value() == 2.5);
}

TEMPLATE_TEST_CASE("a set and a map don't depend on their containers", "[lattice][R48]", ab::flat_containers,
                   ab::node_containers, ab::hash_containers, ab::fixed_containers<64>) {
  lattice::set<int, TestType> odd, even, all;
  lattice::set<int, ab::flat_containers> same;
  for (int i = 50; i > 0; --i) {
    (i % 2 == 0 ? even : odd).insert(i);
    same.insert(i);
  }
  CHECK(all.join(odd));
  CHECK(all.join(even));
  CHECK_FALSE(all.join(odd));
  CHECK(all.difference(odd) == even);
  CHECK(ab::encode(all) == ab::encode(same));
  CHECK(*ab::decode<lattice::set<int, TestType>>(ab::encode(same)) == all);
  using map = lattice::map<int, lattice::max<int>, TestType>;
  STATIC_REQUIRE(ab::merge_fingerprint<map> ==
                 ab::merge_fingerprint<lattice::map<int, lattice::max<int>, ab::node_containers>>);
  map a{{1, lattice::max(1)}, {2, lattice::max(5)}}, b{{2, lattice::max(3)}, {3, lattice::max(0)}};
  CHECK(a.join(b));
  CHECK(a == map{{1, lattice::max(1)}, {2, lattice::max(5)}, {3, lattice::max(0)}});
}

TEST_CASE("bytes that no set or map is stored as are refused", "[lattice][R48]") {
  using set = lattice::set<int>;
  CHECK_FALSE(ab::decode<set>(ab::encode(std::vector<int>{2, 1})));
  CHECK_FALSE(ab::decode<set>(ab::encode(std::vector<int>{1, 1})));
  CHECK(ab::decode<set>(ab::encode(std::vector<int>{1, 2})));
  using map = lattice::map<int, lattice::any>;
  CHECK_FALSE(ab::decode<map>(ab::encode(std::vector<std::pair<int, bool>>{{1, false}})));
  CHECK(ab::decode<map>(ab::encode(std::vector<std::pair<int, bool>>{{1, true}})));
  CHECK_FALSE(ab::decode<lattice::set<int, ab::fixed_containers<1>>>(ab::encode(std::vector<int>{1, 2})));
  using heads = lattice::antichain<lattice::max<int>>;
  CHECK_FALSE(ab::decode<heads>(ab::encode(std::vector<int>{1, 2})));  // 1 is below 2
}

TEST_CASE("a fixed set that is too small is refused, whole", "[lattice][R48]") {
  struct both {
    lattice::max<int> seen;
    lattice::option<lattice::set<int, ab::fixed_containers<2>>> few;
  };
  using few = lattice::set<int, ab::fixed_containers<2>>;
  both a{lattice::max(1), lattice::option(few{1})}, b{lattice::max(2), lattice::option(few{2, 3})};
  auto const r = ab::try_join(a, b);
  REQUIRE_FALSE(r);
  CHECK(r.error() == ab::errc::too_large);
  CHECK(a.seen.value() == 1);
  CHECK(*a.few == few{1});
  CHECK(*ab::try_join(a, both{lattice::max(0), lattice::option(few{2})}));
  CHECK(*a.few == few{1, 2});
}

TEST_CASE("how values merge is part of the fingerprint", "[lattice][R58]") {
  using ab::merge_fingerprint;
  CHECK(merge_fingerprint<lattice::max<int>> != merge_fingerprint<lattice::min<int>>);
  CHECK(merge_fingerprint<lattice::max<int>> != merge_fingerprint<lattice::max<unsigned>>);
  CHECK(merge_fingerprint<lattice::any> != merge_fingerprint<lattice::all>);
  CHECK(merge_fingerprint<lattice::pair<lattice::max<int>, lattice::any>> !=
        merge_fingerprint<lattice::lexicographic<lattice::max<int>, lattice::any>>);
  CHECK(merge_fingerprint<lattice::map<int, lattice::max<int>>> !=
        merge_fingerprint<lattice::map<int, lattice::min<int>>>);
  CHECK(merge_fingerprint<node> != merge_fingerprint<settings>);
  // Written down: a change would part replicas of different releases.
  CHECK(merge_fingerprint<lattice::max<int>> == merge_fingerprint<lattice::max<std::int32_t>>);
}

TEST_CASE("the greater first brings its second along", "[lattice][R48]") {
  using versioned = lattice::lexicographic<lattice::max<int>, lattice::set<int>>;
  versioned a(lattice::max(1), {1, 2}), b(lattice::max(2), {3});
  CHECK(ab::joined(a, b) == b);
  CHECK(ab::joined(b, versioned(lattice::max(2), {4})) == versioned(lattice::max(2), {3, 4}));
  CHECK(b.difference(a) == b);
}

TEST_CASE("an antichain keeps what is concurrent", "[lattice][R48]") {
  using point = lattice::pair<lattice::max<int>, lattice::max<int>>;
  auto const at = [](int x, int y) { return point{lattice::max(x), lattice::max(y)}; };
  lattice::antichain<point> heads{at(1, 0), at(0, 1)};
  CHECK(heads.size() == 2);
  CHECK(heads.add(at(1, 1)));
  CHECK(heads.size() == 1);
  CHECK_FALSE(heads.add(at(1, 0)));
}
