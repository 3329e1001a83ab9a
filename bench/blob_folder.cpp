// A blob put into a folder and got from it, against the system's calls by hand: `floor` is write, fsync and rename and nothing
// else; `by_hand` also hashes and syncs the folder, as it takes to be as durable and to be named by its content. On a disk, and
// in memory, where a sync costs nothing and what is left is the rest.
#include "anabranch/blob.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr char const* octets = "application/octet-stream";

// In a folder of its own, which goes with it.
struct place {
  std::filesystem::path root;

  explicit place(bool on_disk) {
    std::filesystem::path const memory = "/dev/shm";
    auto const in = on_disk || ::access(memory.c_str(), W_OK) != 0 ? std::filesystem::temp_directory_path() : memory;
    root = in / ("anabranch-bench-" + std::to_string(::getpid()));
    std::filesystem::remove_all(root);
    std::filesystem::create_directories(root);
  }
  ~place() { std::filesystem::remove_all(root); }
};

// Other content each time, at the cost of eight bytes.
struct contents {
  ab::bytes bytes;
  std::uint64_t number = 0;
  explicit contents(std::int64_t size) : bytes(static_cast<std::size_t>(size), std::byte{7}) {}
  ab::bytes const& next() {
    ++number;
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
  }
};

bool disk(benchmark::State const& state) { return state.range(0) != 0; }
std::int64_t size(benchmark::State const& state) { return state.range(1); }
void moved(benchmark::State& state) { state.SetBytesProcessed(state.iterations() * size(state)); }

// So that no run pays for making them, as a store does for its first few hundred blobs.
void make_folders(int root) {
  for (unsigned i = 0; i < 256; ++i) {
    char name[3];
    (void)std::snprintf(name, sizeof name, "%02x", i);
    (void)::mkdirat(root, name, 0777);
  }
  (void)::fsync(root);
}

void put(benchmark::State& state) {
  place const here(disk(state));
  auto blobs = *ab::folder_blobs<>::open((here.root / "blobs").string());
  int const root = ::open((here.root / "blobs").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  make_folders(root);
  ::close(root);
  contents c(size(state));
  for (auto _ : state) {
    if (!blobs.put(c.next(), octets)) state.SkipWithError("put");
  }
  moved(state);
}

// What is left of it when it is written for this alone. Nothing is checked.
void put_by_hand(benchmark::State& state) {
  place const here(disk(state));
  int const root = ::open(here.root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  make_folders(root);
  contents c(size(state));
  for (auto _ : state) {
    auto const& b = c.next();
    auto hex = std::string(ab::sha256::of(b).hex().view());
    hex.insert(2, 1, '/');
    int const folder = ::openat(root, hex.substr(0, 2).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int const file = ::openat(root, "new", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
    bool ok = ::write(file, b.data(), b.size()) == static_cast<ssize_t>(b.size());
    ok = ok && ::fsync(file) == 0 && ::renameat(root, "new", root, hex.c_str()) == 0 && ::fsync(folder) == 0;
    ::close(file);
    ::close(folder);
    if (!ok) state.SkipWithError("put");
  }
  ::close(root);
  moved(state);
}

void put_floor(benchmark::State& state) {
  place const here(disk(state));
  int const root = ::open(here.root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  contents c(size(state));
  for (auto _ : state) {
    auto const& b = c.next();
    int const file = ::openat(root, "new", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool ok = ::write(file, b.data(), b.size()) == static_cast<ssize_t>(b.size());
    ok = ok && ::fsync(file) == 0 && ::renameat(root, "new", root, std::to_string(c.number).c_str()) == 0;
    ::close(file);
    if (!ok) state.SkipWithError("put");
  }
  ::close(root);
  moved(state);
}

void get(benchmark::State& state) {
  place const here(disk(state));
  auto blobs = *ab::folder_blobs<>::open((here.root / "blobs").string());
  contents c(size(state));
  auto const r = *blobs.put(c.next(), octets);
  for (auto _ : state) {
    auto const b = blobs.get(r);
    benchmark::DoNotOptimize(b->data());
  }
  moved(state);
}

template <bool Hashed>
void get_by_hand(benchmark::State& state) {
  place const here(disk(state));
  auto blobs = *ab::folder_blobs<>::open((here.root / "blobs").string());
  contents c(size(state));
  auto const r = *blobs.put(c.next(), octets);
  auto hex = std::string(r.id.hex().view());
  auto const path = (here.root / "blobs" / hex.substr(0, 2) / hex.substr(2)).string();
  for (auto _ : state) {
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat s {};
    (void)::fstat(file, &s);
    ab::bytes b(static_cast<std::size_t>(s.st_size));
    bool ok = ::read(file, b.data(), b.size()) == static_cast<ssize_t>(b.size());
    ::close(file);
    if constexpr (Hashed) ok = ok && ab::sha256::of(b) == r.id;
    if (!ok) state.SkipWithError("get");
    benchmark::DoNotOptimize(b.data());
  }
  moved(state);
}

void sizes(benchmark::internal::Benchmark* b) {
  b->ArgNames({"disk", "size"})
      ->Args({1, 4096})
      ->Args({1, 1 << 20})
      ->Args({0, 4096})
      ->Args({0, 1 << 20})
      ->UseRealTime();
}
void cached(benchmark::internal::Benchmark* b) {
  b->ArgNames({"disk", "size"})->Args({0, 4096})->Args({0, 1 << 20})->UseRealTime();
}
BENCHMARK(put)->Name("put/ours")->Apply(sizes);
BENCHMARK(put_by_hand)->Name("put/by_hand")->Apply(sizes);
BENCHMARK(put_floor)->Name("put/floor")->Apply(sizes);
BENCHMARK(get)->Name("get/ours")->Apply(cached);
BENCHMARK(get_by_hand<true>)->Name("get/by_hand")->Apply(cached);
BENCHMARK(get_by_hand<false>)->Name("get/floor")->Apply(cached);

}  // namespace
