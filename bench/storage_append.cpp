// Durable appends through the whole store, against the same bytes by a bare pwrite and fdatasync. Needs a real disk: the files lie
// in $ANABRANCH_BENCH_DIR, $TMPDIR, or the current folder, and the report names it.
#include "files.hpp"
#include "storage_events.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace {

using family = ab::one_of<bench::reading, bench::closed>;
template <class... Policies>
using store = ab::store<family, ab::policies<Policies...>>;

void measure(benchmark::State& state, std::size_t batch) {
  auto const n = state.iterations() * static_cast<std::int64_t>(batch);
  state.SetItemsProcessed(n);
}
bool usable(benchmark::State& state) {
  if (bench::in_memory(bench::base()))
    state.SkipWithError("the folder is in memory, where a sync is nothing: set ANABRANCH_BENCH_DIR");
  return !bench::in_memory(bench::base());
}

// --- ours -------------------------------------------------------------------------------------------------------------

template <class Durability>
void append(benchmark::State& state) {
  if (!usable(state)) return;
  auto const batch = bench::events<bench::reading>(static_cast<std::size_t>(state.range(0)));
  bench::folder const f;
  auto s = bench::must(store<ab::file_storage<Durability>>::open(f / "log"));
  auto a = s.stream("sensors");
  (void)bench::must(a.append_all(batch));
  for (auto _ : state) {
    auto const r = a.append_all(batch);
    if (!r) state.SkipWithError("it isn't appended");
  }
  measure(state, batch.size());
}

// --- the floor --------------------------------------------------------------------------------------------------------

// What a store writes for such batches: a segment full of commits, the first of which defines the stream.
struct written {
  std::vector<std::byte> bytes;
  std::vector<std::size_t> ends;

  explicit written(std::size_t batch) {
    bench::folder const f;
    {
      auto const events = bench::events<bench::reading>(batch);
      auto s = bench::must(store<ab::file_storage<ab::no_sync>>::open(f / "log"));
      auto a = s.stream("sensors");
      for (std::size_t all = 0; all < std::size_t{48} << 20U; all += batch * 128 + 32)
        (void)bench::must(a.append_all(events));
    }
    bytes = bench::contents(bench::segments(f / "log").front());
    ends = bench::commit_ends(bytes);
  }
  static written const& of(std::int64_t batch) {
    static std::unique_ptr<written> kept;
    static std::int64_t kept_for = 0;
    if (kept_for != batch) kept = std::make_unique<written>(static_cast<std::size_t>(batch));
    kept_for = batch;
    return *kept;
  }
};

enum class preparation { allocated, zeroed, growing };

// The same bytes at the same places, with nothing around them. When the file is full it begins again at its start, and finds its
// blocks written already, which is the cheapest that there is.
template <preparation Preparation>
void bare(benchmark::State& state) {
  if (!usable(state)) return;
  auto const& w = written::of(state.range(0));
  bench::folder const f;
  bench::file const to(f / "bare", O_RDWR | O_CREAT);
  std::size_t const size = std::size_t{64} << 20U;
  if (Preparation != preparation::growing && ::posix_fallocate(*to, 0, static_cast<off_t>(size)) != 0)
    bench::folder::stop("no room");
  if (Preparation == preparation::zeroed) {
    std::vector<std::byte> const zeros(std::size_t{1} << 20U);
    for (std::size_t at = 0; at < size; at += zeros.size()) {
      if (::pwrite(*to, zeros.data(), zeros.size(), static_cast<off_t>(at)) < 0) bench::folder::stop("no room");
    }
  }
  ::fsync(*to);
  std::size_t i = 1;
  for (auto _ : state) {
    if (++i == w.ends.size()) i = 2;
    auto const from = w.ends[i - 1], n = w.ends[i] - from;
    if (::pwrite(*to, w.bytes.data() + from, n, static_cast<off_t>(from)) != static_cast<ssize_t>(n) ||
        ::fdatasync(*to) != 0) {
      state.SkipWithError("it isn't written");
    }
  }
  measure(state, static_cast<std::size_t>(state.range(0)));
}

#define CASES(which) BENCHMARK(which)->Arg(1)->Arg(64)->Arg(1000)->Unit(benchmark::kMicrosecond)->UseRealTime()
CASES(append<ab::sync_each>)->Name("append/ours");
CASES(bare<preparation::allocated>)->Name("append/floor");
CASES(bare<preparation::zeroed>)->Name("append/peer_zeroed_before");
CASES(bare<preparation::growing>)->Name("append/peer_growing");
#undef CASES

// --- without a sync: what the library itself does ---------------------------------------------------------------------

void bare_write(benchmark::State& state) {
  auto const& w = written::of(state.range(0));
  bench::folder const f;
  bench::file const to(f / "bare", O_RDWR | O_CREAT);
  if (::posix_fallocate(*to, 0, off_t{64} << 20U) != 0) bench::folder::stop("no room");
  std::size_t i = 1;
  for (auto _ : state) {
    if (++i == w.ends.size()) i = 2;
    auto const from = w.ends[i - 1], n = w.ends[i] - from;
    if (::pwrite(*to, w.bytes.data() + from, n, static_cast<off_t>(from)) != static_cast<ssize_t>(n)) {
      state.SkipWithError("it isn't written");
    }
  }
  measure(state, static_cast<std::size_t>(state.range(0)));
}
BENCHMARK(append<ab::no_sync>)
    ->Name("append_unsynced/ours")
    ->Arg(1)
    ->Arg(64)
    ->Arg(1000)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK(bare_write)
    ->Name("append_unsynced/floor")
    ->Arg(1)
    ->Arg(64)
    ->Arg(1000)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

// --- threads that commit at the same time -----------------------------------------------------------------------------

template <class Durability>
struct shared_store {
  using type = store<ab::file_storage<Durability>, ab::locked<std::mutex>>;
  static inline std::unique_ptr<bench::folder> folder{};
  static inline std::unique_ptr<type> opened{};

  static void set_up(benchmark::State const&) {
    folder = std::make_unique<bench::folder>();
    opened = std::make_unique<type>(bench::must(type::open(*folder / "log")));
  }
  static void tear_down(benchmark::State const&) {
    opened.reset();
    folder.reset();
  }
};
template <class Durability>
void commit_by_many(benchmark::State& state) {
  if (!usable(state)) return;
  auto a = shared_store<Durability>::opened->stream(
      bench::must(ab::name::parse("sensors/" + std::to_string(state.thread_index()))));
  auto const one = bench::event<bench::reading>(1);
  for (auto _ : state) {
    auto const r = a.append(one);
    if (!r) state.SkipWithError("it isn't appended");
  }
  state.SetItemsProcessed(state.iterations());
}
#define THREADS(durability)                           \
  BENCHMARK(commit_by_many<durability>)               \
      ->Setup(shared_store<durability>::set_up)       \
      ->Teardown(shared_store<durability>::tear_down) \
      ->Threads(1)                                    \
      ->Threads(8)                                    \
      ->Unit(benchmark::kMicrosecond)                 \
      ->UseRealTime()
THREADS(ab::sync_group)->Name("commit_by_threads/ours");
THREADS(ab::sync_each)->Name("commit_by_threads/peer_sync_each");
#undef THREADS

}  // namespace
