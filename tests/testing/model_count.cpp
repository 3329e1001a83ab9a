// How many moments the model checker looks at, counted anew in the plainest way: sets of sets, and all ways to call replicas.
#include <anabranch/container/flat.hpp>
#include <anabranch/crdt/g_set.hpp>
#include <anabranch/testing/model_checker.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace {

using ab::testing::operation;

constexpr std::size_t replicas = 3;

// An operation by its replica, and the how manieth it is there.
using name = std::pair<std::size_t, std::size_t>;
using names = std::set<name>;
struct moment {
  std::set<std::tuple<name, std::size_t, names>> history;  // who, what, having seen which
  std::array<names, replicas> known;
  friend bool operator<(moment const& a, moment const& b) {
    return std::tie(a.history, a.known) < std::tie(b.history, b.known);
  }
};

std::vector<moment> next(moment const& now, std::size_t operations, std::size_t kinds) {
  std::vector<moment> all;
  for (std::size_t r = 0; r < replicas; ++r) {
    auto const& mine = now.known[r];
    auto const add = [&](names const& more) {
      all.push_back(now);
      all.back().known[r].insert(more.begin(), more.end());
    };
    for (auto const& [who, kind, seen] : now.history) {
      add({who});
      auto whole = seen;
      whole.insert(who);
      add(whole);
    }
    auto const nth =
        static_cast<std::size_t>(std::count_if(mine.begin(), mine.end(), [r](name const& n) { return n.first == r; }));
    for (std::size_t k = 0; k < kinds && now.history.size() < operations; ++k) {
      add({name(r, nth)});
      all.back().history.insert({name(r, nth), k, mine});
    }
  }
  return all;
}

// The least of what it is when replicas are called otherwise.
moment anonymous(moment const& m) {
  std::array<std::size_t, replicas> to{0, 1, 2};
  auto const renamed = [&to](names const& from) {
    names all;
    for (auto const& [r, nth] : from) all.insert({to[r], nth});
    return all;
  };
  auto least = m;
  do {
    moment other;
    for (auto const& [who, kind, seen] : m.history)
      other.history.insert({name(to[who.first], who.second), kind, renamed(seen)});
    for (std::size_t r = 0; r < replicas; ++r) other.known[to[r]] = renamed(m.known[r]);
    least = std::min(least, other);
  } while (std::next_permutation(to.begin(), to.end()));
  return least;
}

std::string counted(std::size_t operations, std::size_t kinds, bool names_matter) {
  std::set<moment> all{moment()};
  for (std::vector<moment> open{moment()}; !open.empty();) {
    auto const now = open.back();
    open.pop_back();
    for (auto const& m : next(now, operations, kinds))
      if (all.insert(m).second) open.push_back(m);
  }
  if (!names_matter) {
    std::set<moment> fewer;
    for (auto const& m : all) fewer.insert(anonymous(m));
    all = fewer;
  }
  return "in all " + std::to_string(all.size()) + " states";
}

// Which elements there are doesn't matter here, nor what they show.
template <std::size_t Kinds, bool NamesMatter>
struct adds {
  using state = ab::g_set<std::size_t, ab::flat_containers>;
  static constexpr bool names_matter = NamesMatter;
  template <std::size_t... I>
  static constexpr auto operations(std::index_sequence<I...>) {
    return std::tuple(operation{"add(/* kind */)", [](state& s) { return s.add(I); }}...);
  }
  static constexpr auto operations() { return operations(std::make_index_sequence<Kinds>()); }
  static bool observed(state const&) { return true; }
  static bool expected(ab::testing::known_operations const&) { return true; }
};

template <std::size_t Kinds, bool NamesMatter>
void agrees(std::size_t operations) {
  auto const v = ab::check_model<adds<Kinds, NamesMatter>>({replicas, operations});
  INFO(v.account());
  CHECK(v);
  CHECK(std::string(v.account()).find(counted(operations, Kinds, NamesMatter)) != std::string::npos);
}

}  // namespace

TEST_CASE("no moment is left out, or looked at twice", "[testing][model][R56]") {
  agrees<4, true>(1);
  agrees<4, false>(1);
  agrees<4, true>(2);
  agrees<4, false>(2);
  agrees<1, true>(3);
  agrees<1, false>(3);
}
