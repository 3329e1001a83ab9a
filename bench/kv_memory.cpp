// A table in memory against std::unordered_map. The table also checks each key as a name, and gives values, not references.
#include <anabranch/anabranch.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace {

struct event {};

struct text_hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>{}(s); }
};
template <class T>
using map = std::unordered_map<std::string, T, text_hash, std::equal_to<>>;

// In an order that is neither the map's nor the table's.
std::vector<std::string> keys(std::int64_t n) {
  std::vector<std::string> all;
  for (std::int64_t i = 0; i < n; ++i) all.push_back("user/" + std::to_string(i * 7919 % n) + "/settings");
  return all;
}
template <class T>
T value(std::size_t i) {
  if constexpr (std::is_same_v<T, std::string>)
    return "a value of some length, number " + std::to_string(i);
  else
    return static_cast<T>(i);
}

template <class T>
void put(benchmark::State& state) {
  auto const all = keys(state.range(0));
  for (auto _ : state) {
    ab::store<ab::one_of<event>> s;
    auto table = s.kv<T>("settings");
    for (std::size_t i = 0; i < all.size(); ++i) benchmark::DoNotOptimize(table.put(all[i], value<T>(i)));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
template <class T>
void put_by_hand(benchmark::State& state) {
  auto const all = keys(state.range(0));
  for (auto _ : state) {
    map<T> table;
    for (std::size_t i = 0; i < all.size(); ++i)
      benchmark::DoNotOptimize(table.insert_or_assign(all[i], value<T>(i)).first->second);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
template <class T>
void get(benchmark::State& state) {
  auto const all = keys(state.range(0));
  ab::store<ab::one_of<event>> s;
  auto table = s.kv<T>("settings");
  for (std::size_t i = 0; i < all.size(); ++i) (void)table.put(all[i], value<T>(i));
  for (auto _ : state) {
    for (auto const& k : all) benchmark::DoNotOptimize(table.get(k));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
template <class T>
void get_by_hand(benchmark::State& state) {
  auto const all = keys(state.range(0));
  map<T> table;
  for (std::size_t i = 0; i < all.size(); ++i) table.insert_or_assign(all[i], value<T>(i));
  for (auto _ : state) {
    for (std::string_view const k : all) {
      auto const i = table.find(k);
      benchmark::DoNotOptimize(i == table.end() ? std::optional<T>() : std::optional<T>(i->second));
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK(put<std::int64_t>)->Name("put/number/ours")->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(put_by_hand<std::int64_t>)->Name("put/number/by_hand")->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(put<std::string>)->Name("put/text/ours")->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(put_by_hand<std::string>)->Name("put/text/by_hand")->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(get<std::int64_t>)->Name("get/number/ours")->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(get_by_hand<std::int64_t>)->Name("get/number/by_hand")->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(get<std::string>)->Name("get/text/ours")->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(get_by_hand<std::string>)->Name("get/text/by_hand")->Arg(10'000)->Unit(benchmark::kMicrosecond);

}  // namespace
