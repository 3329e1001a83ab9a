// Opening a store: every byte is read and checked, and the index is made anew. Against reading the same bytes and checking them with
// CRC-32C. The files lie in $ANABRANCH_BENCH_DIR, $TMPDIR, or the current folder, and are in the system's cache.
#include "files.hpp"
#include "storage_events.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr std::int64_t events = 200'000;
constexpr std::size_t window = std::size_t{256} << 10U;

template <class E>
using store = ab::store<ab::one_of<E, bench::closed>, ab::policies<ab::file_storage<>>>;

// `Streams` streams take turns, `batch` events a commit.
template <class E, int Streams>
struct written {
  bench::folder folder{};
  std::vector<std::pair<std::string, std::size_t>> files{};

  written() {
    using unsynced = ab::store<ab::one_of<E, bench::closed>, ab::policies<ab::file_storage<ab::no_sync>>>;
    {
      auto const batch = bench::events<E>(10);
      auto s = bench::must(unsynced::open(folder / "log"));
      for (std::int64_t n = 0; n < events; n += 10) {
        auto a = s.stream(bench::must(ab::name::parse("stream/" + std::to_string(n / 10 % Streams))));
        (void)bench::must(a.append_all(batch));
      }
    }
    files = bench::extents(folder / "log");
  }
  static written const& it() {
    static written const w;
    return w;
  }
};

template <class E, int Streams>
void open(benchmark::State& state) {
  auto const path = written<E, Streams>::it().folder / "log";
  for (auto _ : state) {
    auto const s = store<E>::open(path);
    if (!s) state.SkipWithError("it isn't opened");
    benchmark::DoNotOptimize(&s);
  }
  state.SetItemsProcessed(state.iterations() * events);
}
template <class E, int Streams, auto Crc>
void bare(benchmark::State& state) {
  auto const& files = written<E, Streams>::it().files;
  std::vector<std::byte> memory(window);
  for (auto _ : state) benchmark::DoNotOptimize(bench::bare_read<Crc>(files, memory));
  state.SetItemsProcessed(state.iterations() * events);
}

#define CASES(name, event, streams)                                                                              \
  BENCHMARK(open<event, streams>)->Name("open/" name "/ours")->Unit(benchmark::kMillisecond);                    \
  BENCHMARK(bare<event, streams, bench::plain_crc>)->Name("open/" name "/floor")->Unit(benchmark::kMillisecond); \
  BENCHMARK(bare<event, streams, bench::lanes_crc>)->Name("open/" name "/peer_lanes")->Unit(benchmark::kMillisecond)

CASES("one_stream", bench::reading, 1);
CASES("thousand_streams", bench::reading, 1000);
CASES("small", bench::deposited, 1);
#undef CASES

}  // namespace
