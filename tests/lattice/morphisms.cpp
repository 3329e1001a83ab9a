#include "catch.hpp"

#include <anabranch/container/flat.hpp>
#include <anabranch/lattice.hpp>
#include <anabranch/testing/morphism.hpp>

#include <string>

namespace lattice = ab::lattice;

namespace {

using numbers = lattice::set<int, ab::flat_containers>;
using votes = lattice::map<int, lattice::max<int>, ab::flat_containers>;
struct settings {
  lattice::max<int> volume;
  numbers plugins;
};

// How many there are: two sets may have the same element, so the count of a union is no join of counts.
struct count {
  lattice::max<unsigned> operator()(numbers const& all) const {
    return lattice::max<unsigned>(static_cast<unsigned>(all.size()));
  }
};
struct off_by_one {
  lattice::max<int> operator()(numbers const&) const { return lattice::max<int>(1); }
};

static_assert(ab::check_morphism<lattice::largest, numbers>({}, {60}));

}  // namespace

TEST_CASE("projections preserve joins", "[lattice][laws][R48][R56]") {
  CHECK(ab::check_morphism<lattice::largest, numbers>());
  CHECK(ab::check_morphism<lattice::keys, votes>());
  CHECK(ab::check_morphism<lattice::field<&settings::plugins>, settings>());
}

TEST_CASE("a function that is none is caught", "[lattice][laws][R48][R56]") {
  auto const v = ab::check_morphism<count, numbers>();
  CHECK_FALSE(v);
  INFO(v.account());
  CHECK(std::string(v.account()).find("T const a = ") != std::string::npos);
  CHECK_FALSE(ab::check_morphism<off_by_one, numbers>());
}

TEST_CASE("a view is kept by deltas alone, in any order, more than once", "[lattice][R48]") {
  lattice::view<lattice::largest, numbers> top;
  numbers all;
  for (int const v : {3, 9, 4}) {
    auto const before = all;
    all.insert(v);
    CHECK(top.join(all.difference(before)) == (v != 4));
  }
  CHECK(top.value().value() == 9);
  CHECK_FALSE(top.join(numbers{9, 3}));
  lattice::view<lattice::keys, votes> names;
  CHECK(names.join(votes{{2, lattice::max(1)}}));
  CHECK_FALSE(names.join(votes{{2, lattice::max(5)}}));
  CHECK(names.value().contains(2));
}
