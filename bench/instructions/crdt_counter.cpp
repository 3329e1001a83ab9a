// Counting on one replica, delta ignored, against a sorted vector of replicas that remembers where the last one was.
// limit: 1.05
#include <anabranch/crdt/g_counter.hpp>

#include "account.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace {

class counter {
 public:
  // Gives what has to be sent.
  std::pair<std::uint64_t, std::uint64_t> increment(std::uint64_t me) {
    if (last_ >= all_.size() || all_[last_].first != me) find(me);
    return {me, ++all_[last_].second};
  }

 private:
  void find(std::uint64_t me) {
    auto const at = std::lower_bound(all_.begin(), all_.end(), std::pair(me, std::uint64_t{0}));
    last_ = static_cast<std::size_t>(at - all_.begin());
    if (at == all_.end() || at->first != me) all_.insert(at, {me, 0});
  }
  std::vector<std::pair<std::uint64_t, std::uint64_t>> all_;
  std::size_t last_ = 0;
};

}  // namespace

extern "C" void ours(long n) {
  ab::g_counter<> c;
  auto const me = ab::replica(1);
  for (long i = 0; i < n; ++i) {
    (void)c.increment(me);
    keep(&c);
  }
}
extern "C" void by_hand(long n) {
  counter c;
  for (long i = 0; i < n; ++i) {
    (void)c.increment(1);
    keep(&c);
  }
}
