// Adding to an add-wins set and keeping each delta for a moment, against one that is written for its element type, with one
// dot an element and deltas of one add.
// limit: 1.05
// n: 4000
#include <anabranch/crdt/add_wins_set.hpp>

#include "account.hpp"

#include <cstdint>
#include <unordered_map>

namespace {

constexpr std::uint64_t key(long i) { return static_cast<std::uint64_t>(i) * 0x9E3779B97F4A7C15U >> 20U; }

class written_out {
 public:
  struct dot {
    std::uint64_t from, sequence;
  };
  struct delta {
    std::uint64_t element;
    dot added, replaced;
  };
  delta add(std::uint64_t me, std::uint64_t e) {
    dot const d{me, ++seen_[me]};
    auto const [at, fresh] = elements_.try_emplace(e, d);
    delta const made{e, d, fresh ? dot{} : at->second};
    at->second = d;
    return made;
  }

 private:
  std::unordered_map<std::uint64_t, dot> elements_;
  std::unordered_map<std::uint64_t, std::uint64_t> seen_;
};

}  // namespace

extern "C" void ours(long n) {
  ab::add_wins_set<std::uint64_t> s;
  auto const me = ab::replica(1);
  for (long i = 0; i < n; ++i) {
    auto const d = s.add(me, key(i));
    keep(&d);
  }
  keep(&s);
}
extern "C" void by_hand(long n) {
  written_out s;
  for (long i = 0; i < n; ++i) {
    auto const d = s.add(1, key(i));
    keep(&d);
  }
  keep(&s);
}
