// Every model, small values, while compiling.
#include <anabranch/container/flat.hpp>
#include <anabranch/container/node.hpp>
#include <anabranch/lattice.hpp>

#include <cstdint>

#include "hold.hpp"

namespace lattice = ab::lattice;

namespace {

struct settings {
  lattice::max<int> volume;
  lattice::set<int, ab::flat_containers> plugins;
};
using heads = lattice::antichain<lattice::pair<lattice::max<int>, lattice::max<int>>>;

static_assert(ab::check_laws<lattice::max<int>>());
static_assert(ab::check_laws<lattice::min<std::uint8_t>>());
static_assert(ab::check_laws<lattice::max<double>>());
static_assert(ab::check_laws<lattice::any>());
static_assert(ab::check_laws<lattice::all>());
static_assert(ab::check_laws<lattice::pair<lattice::max<int>, lattice::any>>());
static_assert(ab::check_laws<lattice::lexicographic<lattice::max<int>, lattice::set<int, ab::flat_containers>>>());
static_assert(ab::check_laws<lattice::product<lattice::max<int>, lattice::any, lattice::min<unsigned>>>());
static_assert(ab::check_laws<lattice::option<lattice::max<int>>>());
static_assert(ab::check_laws<heads, 40>());
static_assert(ab::check_laws<lattice::set<int>>());
static_assert(ab::check_laws<lattice::set<int, ab::flat_containers>>());
static_assert(ab::check_laws<lattice::map<int, lattice::max<int>, ab::node_containers>>());
static_assert(ab::check_laws<settings>());

}  // namespace
