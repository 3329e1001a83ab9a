// limit: 1.05
// n: 100000
#include <anabranch/lattice.hpp>

#include <cstdint>

extern "C" std::uint64_t volatile sink;
std::uint64_t volatile sink = 0;

static std::uint64_t step(std::uint64_t x) { return x * 6364136223846793005U + 1442695040888963407U; }

extern "C" void ours(long n) {
  ab::lattice::max<std::uint64_t> most;
  std::uint64_t x = 1;
  for (long i = 0; i < n; ++i) most.join(ab::lattice::max(x = step(x)));
  sink = most.value();
}
extern "C" void by_hand(long n) {
  std::uint64_t most = 0, x = 1;
  for (long i = 0; i < n; ++i) {
    x = step(x);
    if (most < x) most = x;
  }
  sink = most;
}
