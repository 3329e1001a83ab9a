// Counters against a sorted vector of replicas and counts, and against a vector that replicas are indices into.
#include <anabranch/crdt/g_counter.hpp>
#include <anabranch/crdt/pn_counter.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace {

// Replicas by number, as one may write it where they are known beforehand.
struct by_index {
  std::vector<std::uint64_t> counts;
  std::pair<std::size_t, std::uint64_t> increment(std::size_t me) {
    if (counts.size() <= me) counts.resize(me + 1);
    return {me, ++counts[me]};
  }
  void join(by_index const& o) {
    if (counts.size() < o.counts.size()) counts.resize(o.counts.size());
    for (std::size_t i = 0; i < o.counts.size(); ++i) counts[i] = std::max(counts[i], o.counts[i]);
  }
};
// Replicas by identity, sorted.
struct by_hand {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> counts;
  std::pair<std::uint64_t, std::uint64_t> increment(std::uint64_t me) {
    auto const at =
        std::lower_bound(counts.begin(), counts.end(), me, [](auto const& e, auto id) { return e.first < id; });
    if (at != counts.end() && at->first == me) return {me, ++at->second};
    counts.insert(at, {me, 1});
    return {me, 1};
  }
  void join(by_hand const& o) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> all;
    all.reserve(std::max(counts.size(), o.counts.size()));
    auto a = counts.begin();
    auto b = o.counts.begin();
    while (a != counts.end() && b != o.counts.end()) {
      if (a->first < b->first) {
        all.push_back(*a++);
      } else if (b->first < a->first) {
        all.push_back(*b++);
      } else {
        all.emplace_back(a->first, std::max(a->second, b->second));
        ++a, ++b;
      }
    }
    all.insert(all.end(), a, counts.end());
    all.insert(all.end(), b, o.counts.end());
    counts.swap(all);
  }
};

void increment_ours(benchmark::State& state) {
  ab::g_counter<> c;
  auto const me = ab::replica(1);
  for (auto _ : state) {
    (void)c.increment(me);
    benchmark::ClobberMemory();
  }
  benchmark::DoNotOptimize(c.value());
}
void increment_with_delta(benchmark::State& state) {
  ab::g_counter<> c;
  auto const me = ab::replica(1);
  for (auto _ : state) benchmark::DoNotOptimize(c.increment(me));
}
void increment_by_hand(benchmark::State& state) {
  by_hand c;
  for (auto _ : state) {
    (void)c.increment(1);
    benchmark::ClobberMemory();
  }
  benchmark::DoNotOptimize(c);
}
void increment_by_index(benchmark::State& state) {
  by_index c;
  for (auto _ : state) {
    (void)c.increment(1);
    benchmark::ClobberMemory();
  }
  benchmark::DoNotOptimize(c);
}

template <class C>
void merge(benchmark::State& state, C const& make) {
  auto a = make(state.range(0), 1), b = make(state.range(0), 2);
  for (auto _ : state) {
    a.join(b);
    benchmark::DoNotOptimize(a);
  }
}
void merge_ours(benchmark::State& state) {
  merge(state, [](std::int64_t n, std::uint64_t by) {
    ab::g_counter<> c;
    for (std::int64_t i = 0; i < n; ++i) c.increment(ab::replica(static_cast<std::uint32_t>(i + 1)), by);
    return c;
  });
}
void merge_by_hand(benchmark::State& state) {
  merge(state, [](std::int64_t n, std::uint64_t by) {
    by_hand c;
    for (std::int64_t i = 0; i < n; ++i) c.counts.emplace_back(i + 1, by);
    return c;
  });
}
void merge_by_index(benchmark::State& state) {
  merge(state, [](std::int64_t n, std::uint64_t by) {
    by_index c;
    c.counts.assign(static_cast<std::size_t>(n), by);
    return c;
  });
}

BENCHMARK(increment_ours)->Name("increment/ours");
BENCHMARK(increment_by_hand)->Name("increment/by_hand");
BENCHMARK(increment_by_index)->Name("increment/floor");
BENCHMARK(increment_with_delta)->Name("increment_and_send/ours");
BENCHMARK(merge_ours)->Name("counter_merge/ours")->Arg(64)->Arg(1024);
BENCHMARK(merge_by_hand)->Name("counter_merge/by_hand")->Arg(64)->Arg(1024);
BENCHMARK(merge_by_index)->Name("counter_merge/floor")->Arg(64)->Arg(1024);

}  // namespace
