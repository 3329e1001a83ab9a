// SHA-256 by us and by OpenSSL, which is loaded where the machine has it. Bytes a second are the counter.
#include "anabranch/hash/content_id.hpp"
#include "anabranch/hash/sha256.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

#include <dlfcn.h>

namespace {

ab::bytes some(benchmark::State const& state) {
  ab::bytes b(static_cast<std::size_t>(state.range(0)));
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<std::byte>(i * 7);
  return b;
}

template <class F>
void run(benchmark::State& state, F&& digest) {
  auto const b = some(state);
  for (auto _ : state) {
    auto const d = digest(b);
    benchmark::DoNotOptimize(d);
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void ours(benchmark::State& state) {
  run(state, [](ab::bytes const& b) { return ab::sha256::of(b); });
}
BENCHMARK(ours)->Name("of/ours")->Arg(32)->Arg(256)->Arg(4096)->Arg(1 << 20);

// What it costs where there are no instructions for it; against which the same in others' C.
void in_cpp(benchmark::State& state) {
  run(state, [](ab::bytes const& b) {
    ab::detail::sha256_state s;
    ab::detail::sha256_in_cpp::blocks(s, b.data(), b.size() / 64);
    return s;
  });
}
BENCHMARK(in_cpp)->Name("in_cpp/ours")->Arg(1 << 20);

// The parts of libcrypto 3 that it takes, declared here, since the machine may have no headers and nothing links to it.
struct openssl {
  void* library = ::dlopen("libcrypto.so.3", RTLD_NOW);
  template <class F>
  void get(F*& f, char const* name) {
    f = reinterpret_cast<F*>(library != nullptr ? ::dlsym(library, name) : nullptr);
  }
  void* (*fetch)(void*, char const*, char const*) = nullptr;
  void* (*new_context)() = nullptr;
  int (*begin)(void*, void const*, void*) = nullptr;
  int (*update)(void*, void const*, std::size_t) = nullptr;
  int (*end)(void*, unsigned char*, unsigned*) = nullptr;
  void* algorithm = nullptr;
  void* context = nullptr;

  openssl() {
    get(fetch, "EVP_MD_fetch");
    get(new_context, "EVP_MD_CTX_new");
    get(begin, "EVP_DigestInit_ex");
    get(update, "EVP_DigestUpdate");
    get(end, "EVP_DigestFinal_ex");
    if (fetch == nullptr || new_context == nullptr || begin == nullptr || update == nullptr || end == nullptr) return;
    algorithm = fetch(nullptr, "SHA256", nullptr);
    context = new_context();
  }
};

void theirs(benchmark::State& state) {
  static openssl const o;
  run(state, [](ab::bytes const& b) {
    ab::sha256::digest d;
    unsigned n = 0;
    (void)o.begin(o.context, o.algorithm, nullptr);
    (void)o.update(o.context, b.data(), b.size());
    (void)o.end(o.context, reinterpret_cast<unsigned char*>(d.bytes.data()), &n);
    return d;
  });
}
bool const peer = [] {
  if (openssl().algorithm == nullptr) return false;
  benchmark::RegisterBenchmark("of/peer_openssl", theirs)->Arg(32)->Arg(256)->Arg(4096)->Arg(1 << 20);
  return true;
}();

// A content id against the digest of bytes that were encoded by hand.
struct measured {
  std::int64_t at;
  double value;
  std::uint32_t sensor;
};
void id(benchmark::State& state) {
  measured m{1, 2.5, 3};
  for (auto _ : state) {
    ++m.at;
    auto const d = ab::content_id(m);
    benchmark::DoNotOptimize(d);
  }
}
BENCHMARK(id)->Name("content_id/ours");
void id_by_hand(benchmark::State& state) {
  measured m{1, 2.5, 3};
  for (auto _ : state) {
    ++m.at;
    std::byte b[36] = {std::byte{8}};
    std::memcpy(b + 4, "measured", 8);
    b[12] = std::byte{1};
    std::memcpy(b + 16, &m.at, 8);
    std::memcpy(b + 24, &m.value, 8);
    std::memcpy(b + 32, &m.sensor, 4);
    auto const d = ab::sha256::of(b);
    benchmark::DoNotOptimize(d);
  }
}
BENCHMARK(id_by_hand)->Name("content_id/by_hand");

}  // namespace
