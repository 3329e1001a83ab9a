// Replaying a million events of one stream from files, against reading the same bytes and checking them with CRC-32C. The files lie
// in $ANABRANCH_BENCH_DIR, $TMPDIR, or the current folder, and are in the system's cache: this measures the program, not the disk.
#include "files.hpp"
#include "storage_events.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr std::int64_t million = 1'000'000;
// What the library reads at once.
constexpr std::size_t window = std::size_t{256} << 10U;

template <class E>
struct written {
  using store = ab::store<ab::one_of<E, bench::closed>, ab::policies<ab::file_storage<ab::no_sync>>>;

  bench::folder folder{};
  store opened = bench::must(store::open(folder / "log"));
  std::vector<std::pair<std::string, std::size_t>> files{};

  written() {
    auto const batch = bench::events<E>(1000);
    auto a = opened.stream("events");
    for (std::int64_t n = 0; n < million; n += 1000) (void)bench::must(a.append_all(batch));
    (void)bench::must(opened.sync());
    files = bench::extents(folder / "log");
  }
  std::int64_t bytes() const {
    std::int64_t n = 0;
    for (auto const& f : files) n += static_cast<std::int64_t>(f.second - ab::file::format::header_size);
    return n;
  }
  static written& it() {
    static written w;
    return w;
  }
};
template <class E>
void measure(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * million);
  state.SetBytesProcessed(state.iterations() * written<E>::it().bytes());
}

template <class E, class P>
void fold(benchmark::State& state) {
  auto const a = written<E>::it().opened.stream("events");
  for (auto _ : state) {
    auto const p = a.template fold<P>();
    if (!p) state.SkipWithError("it isn't read");
    benchmark::DoNotOptimize(p);
  }
  measure<E>(state);
}
template <class E, auto Crc>
void bare(benchmark::State& state) {
  auto const& files = written<E>::it().files;
  std::vector<std::byte> memory(window);
  for (auto _ : state) benchmark::DoNotOptimize(bench::bare_read<Crc>(files, memory));
  measure<E>(state);
}

// `floor` checks with the instruction in a plain loop; `peer_lanes` with three of them at once, which is the strongest floor there is;
// `peer_read` doesn't check.
#define CASES(name, event)                                                                                \
  BENCHMARK(fold<event, bench::summary>)->Name("replay/" name "/ours")->Unit(benchmark::kMillisecond);    \
  BENCHMARK(bare<event, bench::plain_crc>)->Name("replay/" name "/floor")->Unit(benchmark::kMillisecond); \
  BENCHMARK(bare<event, bench::lanes_crc>)->Name("replay/" name "/peer_lanes")->Unit(benchmark::kMillisecond)

CASES("fixed", bench::reading);
CASES("borrowed", bench::note<std::string_view>);
CASES("owning", bench::note<std::string>);
CASES("small", bench::deposited);
#undef CASES

BENCHMARK(fold<bench::reading, bench::count>)->Name("replay_count/fixed/ours")->Unit(benchmark::kMillisecond);
BENCHMARK(bare<bench::reading, bench::plain_crc>)->Name("replay_count/fixed/floor")->Unit(benchmark::kMillisecond);
BENCHMARK(bare<bench::reading, bench::lanes_crc>)->Name("replay_count/fixed/peer_lanes")->Unit(benchmark::kMillisecond);
BENCHMARK(bare<bench::reading, bench::no_crc>)->Name("replay_count/fixed/peer_read")->Unit(benchmark::kMillisecond);

}  // namespace
