// Two sorted sets of a thousand, half of which both have: ours is joined in place, which tells whether it grew.
// limit: 1.05
// n: 20
#include <anabranch/container/flat.hpp>
#include <anabranch/lattice/set.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

extern "C" std::uint64_t volatile sink;
std::uint64_t volatile sink = 0;

extern "C" void ours(long n) {
  using set = ab::lattice::set<std::uint64_t, ab::flat_containers>;
  set a, b;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    a.insert(i * 2);
    b.insert(i * 2 + i % 2);
  }
  for (long i = 0; i < n; ++i) {
    set both = a;
    both.join(b);
    sink = both.size();
  }
}
extern "C" void by_hand(long n) {
  std::vector<std::uint64_t> a, b;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    a.push_back(i * 2);
    b.push_back(i * 2 + i % 2);
  }
  for (long i = 0; i < n; ++i) {
    std::vector<std::uint64_t> both;
    both.reserve(a.size() + b.size());
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    sink = both.size();
  }
}
