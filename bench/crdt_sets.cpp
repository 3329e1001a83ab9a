// Sets against what one would write by hand for one element type and one kind of container.
#include <anabranch/crdt/add_wins_set.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <unordered_map>
#include <unordered_set>

namespace {

// An add-wins set without templates, policies or encodings: elements with their dot, a version vector, deltas of one add.
struct by_hand_set {
  struct dot {
    std::uint64_t from, sequence;
  };
  struct delta {
    std::uint64_t element;
    dot added, replaced;
  };
  std::unordered_map<std::uint64_t, dot> elements;
  std::unordered_map<std::uint64_t, std::uint64_t> seen;

  delta add(std::uint64_t me, std::uint64_t e) {
    dot const d{me, ++seen[me]};
    auto const [at, fresh] = elements.try_emplace(e, d);
    delta const made{e, d, fresh ? dot{} : at->second};
    at->second = d;
    return made;
  }
  // Only right where nobody adds the same element at the same time: one dot an element.
  void join(by_hand_set const& o) {
    for (auto const& [e, d] : o.elements) {
      auto const at = elements.find(e);
      if (at != elements.end()) {
        if (at->second.sequence < d.sequence) at->second = d;
      } else if (auto const s = seen.find(d.from); s == seen.end() || s->second < d.sequence) {
        elements.emplace(e, d);
      }
    }
    for (auto at = elements.begin(); at != elements.end();) {
      auto const s = o.seen.find(at->second.from);
      if (!o.elements.count(at->first) && s != o.seen.end() && at->second.sequence <= s->second)
        at = elements.erase(at);
      else
        ++at;
    }
    for (auto const& [r, n] : o.seen)
      if (auto& mine = seen[r]; mine < n) mine = n;
  }
};

std::uint64_t element(std::int64_t i) { return static_cast<std::uint64_t>(i) * 0x9E3779B97F4A7C15U >> 20U; }

void add_ours(benchmark::State& state) {
  for (auto _ : state) {
    ab::add_wins_set<std::uint64_t> s;
    auto const me = ab::replica(1);
    for (std::int64_t i = 0; i < state.range(0); ++i) benchmark::DoNotOptimize(s.add(me, element(i)));
    benchmark::DoNotOptimize(s.size());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
void add_by_hand(benchmark::State& state) {
  for (auto _ : state) {
    by_hand_set s;
    for (std::int64_t i = 0; i < state.range(0); ++i) benchmark::DoNotOptimize(s.add(1, element(i)));
    benchmark::DoNotOptimize(s.elements.size());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
void add_hash_set(benchmark::State& state) {
  for (auto _ : state) {
    std::unordered_set<std::uint64_t> s;
    for (std::int64_t i = 0; i < state.range(0); ++i) benchmark::DoNotOptimize(s.insert(element(i)));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

// Three replicas with a third of the elements each, and as many in common, become one.
template <class Set, class Add>
void merge_three(benchmark::State& state, Add const& add) {
  Set a, b, c;
  auto const n = state.range(0) / 4;
  for (std::int64_t i = 0; i < n; ++i) add(a, 1, element(i));
  b = a;
  c = a;
  for (std::int64_t i = n; i < 2 * n; ++i)
    add(a, 1, element(i)), add(b, 2, element(i + n)), add(c, 3, element(i + 2 * n));
  for (auto _ : state) {
    Set all = a;
    all.join(b);
    all.join(c);
    benchmark::DoNotOptimize(all);
  }
}
void merge_ours(benchmark::State& state) {
  merge_three<ab::add_wins_set<std::uint64_t>>(
      state, [](auto& s, std::uint32_t me, std::uint64_t e) { s.add(ab::replica(me), e); });
}
void merge_by_hand(benchmark::State& state) {
  merge_three<by_hand_set>(state, [](auto& s, std::uint32_t me, std::uint64_t e) { s.add(me, e); });
}
struct hash_set : std::unordered_set<std::uint64_t> {
  void join(hash_set const& o) { insert(o.begin(), o.end()); }
};
void merge_hash_set(benchmark::State& state) {
  merge_three<hash_set>(state, [](auto& s, std::uint32_t, std::uint64_t e) { s.insert(e); });
}

// Sets of so many elements take in a delta of 100 others; what it costs doesn't grow with them. Each time the same elements
// go and come back, so that nothing has to be copied between.
void join_delta(benchmark::State& state) {
  using set = ab::add_wins_set<std::uint64_t>;
  auto const me = ab::replica(1);
  set here, there;
  here.reserve(static_cast<std::size_t>(state.range(0) + 200));
  for (std::int64_t i = 0; i < state.range(0); ++i) here.join(there.add(me, element(i)));
  here.join(there.remove(element(0)));  // from here on dots are indexed
  for (auto _ : state) {
    state.PauseTiming();
    set delta;
    for (std::int64_t i = 1; i <= 50; ++i) delta.join(there.remove(element(i * 7)));
    for (std::int64_t i = 1; i <= 50; ++i) delta.join(there.add(me, element(i * 7)));
    state.ResumeTiming();
    benchmark::DoNotOptimize(here.join(delta));
  }
}
// The same by joining whole states.
void join_whole(benchmark::State& state) {
  using set = ab::add_wins_set<std::uint64_t>;
  auto const me = ab::replica(1);
  set here, there;
  for (std::int64_t i = 0; i < state.range(0); ++i) there.add(me, element(i));
  here = there;
  for (auto _ : state) {
    state.PauseTiming();
    for (std::int64_t i = 1; i <= 50; ++i) there.add(me, element(i * 7));
    state.ResumeTiming();
    benchmark::DoNotOptimize(here.join(there));
  }
}

BENCHMARK(add_ours)->Name("set_add/ours")->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(add_by_hand)->Name("set_add/by_hand")->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(add_hash_set)->Name("set_add/peer_hash_set")->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(merge_ours)->Name("merge_three/ours")->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(merge_by_hand)->Name("merge_three/by_hand")->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(merge_hash_set)->Name("merge_three/peer_hash_set")->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(join_delta)->Name("join_100_changes/ours")->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(join_whole)->Name("join_whole_states/ours")->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);

}  // namespace
