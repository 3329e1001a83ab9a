// Writing into a last-writer-wins map, delta ignored, against std::unordered_map with a stamp beside each value.
// limit: 1.05
#include <anabranch/crdt/lww_map.hpp>

#include "account.hpp"

#include <cstdint>
#include <unordered_map>

namespace {

constexpr std::uint64_t key(long i) { return static_cast<std::uint64_t>(i) * 0x9E3779B97F4A7C15U >> 20U; }

}  // namespace

extern "C" void ours(long n) {
  ab::lww_map<std::uint64_t, std::uint64_t> m;
  for (long i = 0; i < n; ++i) (void)m.set({i}, key(i), static_cast<std::uint64_t>(i));
  keep(&m);
}
extern "C" void by_hand(long n) {
  struct write {
    std::int64_t at;
    std::uint64_t value;
    bool there;
  };
  std::unordered_map<std::uint64_t, write> m;
  for (long i = 0; i < n; ++i) {
    write const w{i, static_cast<std::uint64_t>(i), true};
    auto const [e, fresh] = m.try_emplace(key(i), w);
    if (!fresh && (e->second.at < w.at || (e->second.at == w.at && e->second.value < w.value))) e->second = w;
  }
  keep(&m);
}
