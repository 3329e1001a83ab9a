// limit: 1.05
// n: 100000
#include <anabranch/lattice.hpp>

#include <cstdint>

extern "C" std::uint64_t volatile sink;
std::uint64_t volatile sink = 0;

static std::uint64_t step(std::uint64_t x) { return x * 6364136223846793005U + 1442695040888963407U; }

struct readings {
  ab::lattice::max<std::uint64_t> highest;
  ab::lattice::min<std::uint64_t> lowest;
  ab::lattice::any alarm;
};

extern "C" void ours(long n) {
  readings all;
  std::uint64_t x = 1;
  for (long i = 0; i < n; ++i) {
    x = step(x);
    ab::join(all, readings{ab::lattice::max(x), ab::lattice::min(x), ab::lattice::any((x >> 40U) == 7)});
  }
  sink = all.highest.value() + all.lowest.value() + (all.alarm.value() ? 1U : 0U);
}
extern "C" void by_hand(long n) {
  std::uint64_t highest = 0, lowest = UINT64_MAX, x = 1;
  bool alarm = false;
  for (long i = 0; i < n; ++i) {
    x = step(x);
    if (highest < x) highest = x;
    if (x < lowest) lowest = x;
    alarm |= (x >> 40U) == 7;
  }
  sink = highest + lowest + (alarm ? 1U : 0U);
}
