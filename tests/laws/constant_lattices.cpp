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

static_assert(ab::check_laws<lattice::max<int>, 150>());
static_assert(ab::check_laws<lattice::min<std::uint8_t>, 150>());
static_assert(ab::check_laws<lattice::max<double>, 150>());
static_assert(ab::check_laws<lattice::any, 150>());
static_assert(ab::check_laws<lattice::all, 150>());
static_assert(ab::check_laws<lattice::pair<lattice::max<int>, lattice::any>, 150>());
static_assert(ab::check_laws<lattice::lexicographic<lattice::max<int>, lattice::set<int, ab::flat_containers>>, 150>());
static_assert(ab::check_laws<lattice::product<lattice::max<int>, lattice::any, lattice::min<unsigned>>, 150>());
static_assert(ab::check_laws<lattice::option<lattice::max<int>>, 150>());
static_assert(ab::check_laws<heads, 40>());
static_assert(ab::check_laws<lattice::set<int>, 150>());
static_assert(ab::check_laws<lattice::set<int, ab::flat_containers>, 150>());
static_assert(ab::check_laws<lattice::map<int, lattice::max<int>, ab::node_containers>, 150>());
static_assert(ab::check_laws<settings, 150>());

}  // namespace
