// Durable appends through the whole store, against the same bytes by a bare pwrite and fdatasync. Needs a real disk: the files lie
// in $ANABRANCH_BENCH_DIR, $TMPDIR, or the current folder, and the report names it. On a machine that has other work, whoever waits for
// the disk waits for a processor too; `chrt -f 5 bench/run storage_append` doesn't.
#include "files.hpp"
#include "storage_events.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
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
class ours {
  std::vector<bench::reading> batch_;
  store<ab::file_storage<Durability>> store_;
  decltype(store_.stream("sensors")) sensors_ = store_.stream("sensors");

 public:
  ours(bench::folder const& f, std::int64_t batch)
      : batch_(bench::events<bench::reading>(static_cast<std::size_t>(batch))),
        store_(bench::must(store<ab::file_storage<Durability>>::open(f / "log"))) {
    (void)bench::must(sensors_.append_all(batch_));
  }
  bool operator()() { return sensors_.append_all(batch_).has_value(); }
};

// --- the floor --------------------------------------------------------------------------------------------------------

// What a store writes for such batches: a segment full of commits, the first of which defines the stream.
struct written {
  std::vector<std::byte> bytes;
  std::vector<std::size_t> ends;

  explicit written(std::int64_t batch) {
    bench::folder const f;
    {
      ours<ab::no_sync> append(f, batch);
      for (std::int64_t n = 0; n < std::int64_t{48} << 20U; n += batch * 128 + 32) {
        if (!append()) bench::folder::stop("it isn't appended");
      }
    }
    bytes = bench::contents(bench::segments(f / "log").front());
    ends = bench::commit_ends(bytes);
  }
  static written const& of(std::int64_t batch) {
    static std::unique_ptr<written> kept;
    static std::int64_t kept_for = 0;
    if (kept_for != batch) kept = std::make_unique<written>(batch);
    kept_for = batch;
    return *kept;
  }
};

// `allocated` is what a store does when it creates a segment. `zeroed` has paid before for what a store pays as it goes on: its blocks
// are written already, and a sync changes no metadata.
enum class preparation { growing, allocated, zeroed };

// The same bytes at the same places, with nothing around them. At the end it begins again at the start, where its blocks are written.
template <preparation Preparation, bool Syncs = true>
class bare {
  static constexpr std::size_t size = std::size_t{64} << 20U;

  written const& written_;
  bench::file file_;
  std::size_t next_ = 1;

 public:
  bare(bench::folder const& f, std::int64_t batch)
      : written_(written::of(batch)),
        file_(f / (Preparation == preparation::growing     ? "growing"
                   : Preparation == preparation::allocated ? "allocated"
                                                           : "zeroed"),
              O_RDWR | O_CREAT) {
    if (Preparation != preparation::growing && ::posix_fallocate(*file_, 0, off_t{size}) != 0)
      bench::folder::stop("no room");
    if (Preparation == preparation::zeroed) {
      std::vector<std::byte> const zeros(std::size_t{1} << 20U);
      for (std::size_t at = 0; at < size; at += zeros.size()) {
        if (::pwrite(*file_, zeros.data(), zeros.size(), static_cast<off_t>(at)) < 0) bench::folder::stop("no room");
      }
    }
    if (::fsync(*file_) != 0) bench::folder::stop("it can't be synced");
  }
  bool operator()() {
    if (++next_ == written_.ends.size()) next_ = 2;
    auto const from = written_.ends[next_ - 1], n = written_.ends[next_] - from;
    auto const done = ::pwrite(*file_, written_.bytes.data() + from, n, static_cast<off_t>(from));
    return done == static_cast<ssize_t>(n) && (!Syncs || ::fdatasync(*file_) == 0);
  }
};

// --- interleaved ------------------------------------------------------------------------------------------------------

// All take turns, and the time is the median of the turns of one of them: what the disk and the machine do meanwhile, they do to all.
// What comes once in many turns (a new segment, zeros written ahead) doesn't show in a median; see append_mean.
template <std::size_t Whose>
void turns(benchmark::State& state) {
  if (!usable(state)) return;
  using clock = std::chrono::steady_clock;
  constexpr std::size_t rounds = 51;
  bench::folder const f;
  ours<ab::sync_each> a(f, state.range(0));
  bare<preparation::allocated> b(f, state.range(0));
  bare<preparation::zeroed> c(f, state.range(0));
  bare<preparation::growing> d(f, state.range(0));
  for (auto _ : state) {
    std::array<double, rounds> took{};
    for (std::size_t round = 0; round < rounds; ++round) {
      for (std::size_t turn = 0; turn < 4; ++turn) {
        auto const who = (turn + round) % 4;
        auto const start = clock::now();
        bool const ok = who == 0 ? a() : who == 1 ? b() : who == 2 ? c() : d();
        auto const end = clock::now();
        if (!ok) state.SkipWithError("it isn't written");
        if (who == Whose) took[round] = std::chrono::duration<double>(end - start).count();
      }
    }
    std::nth_element(took.begin(), took.begin() + rounds / 2, took.end());
    state.SetIterationTime(took[rounds / 2]);
  }
  measure(state, static_cast<std::size_t>(state.range(0)));
}
#define CASES(which) \
  BENCHMARK(which)->Arg(1)->Arg(64)->Arg(1000)->Unit(benchmark::kMicrosecond)->UseManualTime()->Iterations(8)
CASES(turns<0>)->Name("append/ours");
CASES(turns<1>)->Name("append/floor");
CASES(turns<2>)->Name("append/peer_zeroed_before");
CASES(turns<3>)->Name("append/peer_growing");
#undef CASES

// --- each alone, and all that comes with it ---------------------------------------------------------------------------

template <class Append, bool NeedsDisk = true>
void alone(benchmark::State& state) {
  if (NeedsDisk && !usable(state)) return;
  bench::folder const f;
  Append append(f, state.range(0));
  for (auto _ : state) {
    if (!append()) state.SkipWithError("it isn't written");
  }
  measure(state, static_cast<std::size_t>(state.range(0)));
}
#define CASES(...) \
  BENCHMARK(alone<__VA_ARGS__>)->Arg(1)->Arg(64)->Arg(1000)->Unit(benchmark::kMicrosecond)->UseRealTime()
CASES(ours<ab::sync_each>)->Name("append_mean/ours");
CASES(bare<preparation::allocated>)->Name("append_mean/floor");
CASES(bare<preparation::zeroed>)->Name("append_mean/peer_zeroed_before");
CASES(bare<preparation::growing>)->Name("append_mean/peer_growing");
#undef CASES

// Without a sync, in processor time: what the library itself does.
#define CASES(...) BENCHMARK(alone<__VA_ARGS__, false>)->Arg(1)->Arg(64)->Arg(1000)->Unit(benchmark::kMicrosecond)
CASES(ours<ab::no_sync>)->Name("append_unsynced/ours");
CASES(bare<preparation::allocated, false>)->Name("append_unsynced/floor");
#undef CASES

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
