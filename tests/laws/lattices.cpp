// The models of a lattice, and compositions.
#include <anabranch/container/flat.hpp>
#include <anabranch/container/node.hpp>
#include <anabranch/lattice.hpp>

#include <cstdint>
#include <string>

#include "hold.hpp"

namespace lattice = ab::lattice;
using laws::hold;

namespace {

enum class level : std::uint8_t { low, high };
struct settings {
  lattice::max<int> volume;
  lattice::set<int, ab::flat_containers> plugins;
};
using heads = lattice::antichain<lattice::pair<lattice::max<int>, lattice::max<int>>>;

}  // namespace

TEST_CASE("the laws hold of scalars", "[lattice][laws][R48][R50]") {
  hold<lattice::max<int>>();
  hold<lattice::min<std::int64_t>>();
  hold<lattice::max<double>>();
  hold<lattice::max<level>>();
  hold<lattice::max<std::string>>();
  hold<lattice::any>();
  hold<lattice::all>();
}

TEST_CASE("the laws hold of sets and maps over any containers", "[lattice][laws][R48][R50]") {
  hold<lattice::set<int>>();
  hold<lattice::set<std::string, ab::flat_containers>>(LAW_CASES / 10);
  hold<lattice::set<int, ab::node_containers>>();
  hold<lattice::map<int, lattice::max<int>>>();
  hold<lattice::map<std::string, lattice::set<int>, ab::flat_containers>>(LAW_CASES / 10);
  hold<lattice::map<int, lattice::map<int, lattice::any>, ab::node_containers>>();
}

TEST_CASE("the laws hold of compositions", "[lattice][laws][R48][R50]") {
  hold<settings>();
  hold<lattice::pair<settings, lattice::any>>();
  hold<lattice::lexicographic<lattice::max<int>, settings>>();
  hold<lattice::lexicographic<lattice::any, lattice::lexicographic<lattice::max<int>, lattice::all>>>();
  hold<lattice::product<settings, lattice::any, lattice::max<int>>>();
  hold<lattice::option<settings>>();
  hold<heads>();
}
