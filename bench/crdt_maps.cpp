// A last-writer-wins map of 100,000 entries against std::unordered_map with a stamp beside each value, and what both take.
#include <anabranch/container.hpp>
#include <anabranch/crdt/add_wins_set.hpp>
#include <anabranch/crdt/lww_map.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <unordered_map>
#include <vector>

#include <malloc.h>

namespace {

std::size_t in_use = 0;

}  // namespace

void* operator new(std::size_t n) {
  void* const p = std::malloc(n);
  if (p == nullptr) throw std::bad_alloc();
  in_use += malloc_usable_size(p) + sizeof(std::size_t);
  return p;
}
void operator delete(void* p) noexcept {
  if (p != nullptr) in_use -= malloc_usable_size(p) + sizeof(std::size_t);
  std::free(p);
}
void operator delete(void* p, std::size_t) noexcept { operator delete(p); }

namespace {

template <class K>
std::vector<K> keys(std::int64_t n) {
  std::vector<K> all;
  for (std::int64_t i = 0; i < n; ++i) {
    if constexpr (std::is_same_v<K, std::string>)
      all.push_back("user/" + std::to_string(i * 7919 % n));
    else
      all.push_back(static_cast<K>(i) * 0x9E3779B97F4A7C15U >> 20U);
  }
  return all;
}

template <class K>
struct by_hand {
  struct write {
    std::int64_t at;
    std::uint64_t value;
    bool there;
  };
  std::unordered_map<K, write> entries;

  void set(ab::timestamp at, K const& k, std::uint64_t v) {
    auto const [e, fresh] = entries.try_emplace(k, write{at.nanoseconds, v, true});
    if (!fresh && (e->second.at < at.nanoseconds || (e->second.at == at.nanoseconds && e->second.value < v)))
      e->second = {at.nanoseconds, v, true};
  }
  void join(by_hand const& o) {
    for (auto const& [k, w] : o.entries) set({w.at}, k, w.value);
  }
};

template <class Map, class K>
Map filled(std::vector<K> const& all, std::int64_t at) {
  Map m;
  for (std::size_t i = 0; i < all.size(); ++i) m.set({at + static_cast<std::int64_t>(i % 2)}, all[i], i);
  return m;
}
template <class Map, class K>
void set(benchmark::State& state) {
  auto const all = keys<K>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(filled<Map>(all, 1));
  auto const before = in_use;
  auto const m = filled<Map>(all, 1);
  state.counters["bytes_per_entry"] = static_cast<double>(in_use - before) / static_cast<double>(all.size());
}
// Half of the entries are newer on the other side.
template <class Map, class K>
void merge(benchmark::State& state) {
  auto const all = keys<K>(state.range(0));
  auto const a = filled<Map>(all, 1), b = filled<Map>(all, 2);
  for (auto _ : state) {
    auto copy = a;
    copy.join(b);
    benchmark::DoNotOptimize(copy);
  }
}

// What a set takes: with one dot an element, as it was filled; and once removals from elsewhere have had it indexed.
void bytes_of_set(benchmark::State& state) {
  auto const all = keys<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    auto const before = in_use;
    ab::add_wins_set<std::uint64_t> s, other;
    for (auto k : all) (void)s.add(ab::replica(1), k);
    auto const filled_bytes = in_use - before;
    {
      other = s;
      auto const copied = in_use;
      s.join(other.remove(all[0]));
      state.counters["bytes_of_index"] = static_cast<double>(in_use - copied) / static_cast<double>(all.size());
    }
    state.counters["bytes_per_element"] = static_cast<double>(filled_bytes) / static_cast<double>(all.size());
  }
}
void bytes_of_set_by_hand(benchmark::State& state) {
  struct dot {
    std::uint64_t from, sequence;
  };
  auto const all = keys<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    auto const before = in_use;
    std::unordered_map<std::uint64_t, dot> s;
    for (auto k : all) s[k] = {1, k};
    state.counters["bytes_per_element"] = static_cast<double>(in_use - before) / static_cast<double>(all.size());
  }
}

template <class K>
using ours = ab::lww_map<K, std::uint64_t>;

BENCHMARK(set<ours<std::string>, std::string>)->Name("lww_set_text/ours")->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(set<by_hand<std::string>, std::string>)
    ->Name("lww_set_text/by_hand")
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(merge<ours<std::string>, std::string>)
    ->Name("lww_merge_text/ours")
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(merge<by_hand<std::string>, std::string>)
    ->Name("lww_merge_text/by_hand")
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(set<ours<std::uint64_t>, std::uint64_t>)
    ->Name("lww_set_number/ours")
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(set<by_hand<std::uint64_t>, std::uint64_t>)
    ->Name("lww_set_number/by_hand")
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(merge<ours<std::uint64_t>, std::uint64_t>)
    ->Name("lww_merge_number/ours")
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(merge<by_hand<std::uint64_t>, std::uint64_t>)
    ->Name("lww_merge_number/by_hand")
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(bytes_of_set)->Name("set_bytes/ours")->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(bytes_of_set_by_hand)->Name("set_bytes/by_hand")->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
