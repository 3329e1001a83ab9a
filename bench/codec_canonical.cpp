// The canonical codec: a fixed aggregate against memcpy of the struct, and text against what is written by hand for it.
#include <anabranch/codec.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

// Without padding, so that memory and encoding have the same bytes.
struct reading {
  std::int64_t at = 1;
  std::uint32_t sensor = 2;
  std::uint32_t flags = 3;
  std::array<double, 4> values{1, 2, 3, 4};
};
static_assert(sizeof(reading) == ab::canonical_codec::least_size<reading>);

template <class Text>
struct note {
  std::int64_t at = 1;
  Text author = "somebody";
  Text text = "what was noted, in a sentence that is longer than what a string keeps in itself";
};

constexpr std::size_t count = 1000;

// A sink of fixed room: what a codec costs, and no allocation.
struct room {
  std::vector<std::byte> bytes = std::vector<std::byte>(count * 128);
  std::size_t used = 0;
  std::byte* extend(std::size_t n) {
    auto* const p = bytes.data() + used;
    used += n;
    return p;
  }
};
void per_value(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

// --- fixed ------------------------------------------------------------------------------------------------------------

void encode_fixed(benchmark::State& state) {
  std::vector<reading> const from(count);
  room to;
  for (auto _ : state) {
    to.used = 0;
    for (auto const& r : from) ab::canonical_codec::encode(r, to);
    benchmark::DoNotOptimize(to.bytes.data());
    benchmark::ClobberMemory();
  }
  per_value(state);
}
void encode_fixed_memcpy(benchmark::State& state) {
  std::vector<reading> const from(count);
  room to;
  for (auto _ : state) {
    to.used = 0;
    for (auto const& r : from) std::memcpy(to.extend(sizeof r), &r, sizeof r);
    benchmark::DoNotOptimize(to.bytes.data());
    benchmark::ClobberMemory();
  }
  per_value(state);
}
void decode_fixed(benchmark::State& state) {
  room from;
  for (std::size_t i = 0; i < count; ++i) ab::canonical_codec::encode(reading{}, from);
  std::vector<reading> to(count);
  for (auto _ : state) {
    for (std::size_t i = 0; i < count; ++i) {
      auto const r = ab::canonical_codec::decode<reading>({from.bytes.data() + i * sizeof(reading), sizeof(reading)});
      if (r) to[i] = *r;
    }
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  }
  per_value(state);
}
void decode_fixed_memcpy(benchmark::State& state) {
  room from;
  for (std::size_t i = 0; i < count; ++i) ab::canonical_codec::encode(reading{}, from);
  std::vector<reading> to(count);
  for (auto _ : state) {
    for (std::size_t i = 0; i < count; ++i)
      std::memcpy(&to[i], from.bytes.data() + i * sizeof(reading), sizeof(reading));
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  }
  per_value(state);
}
BENCHMARK(encode_fixed)->Name("encode/fixed/ours");
BENCHMARK(encode_fixed_memcpy)->Name("encode/fixed/by_hand");
BENCHMARK(decode_fixed)->Name("decode/fixed/ours");
BENCHMARK(decode_fixed_memcpy)->Name("decode/fixed/by_hand");

// --- text -------------------------------------------------------------------------------------------------------------

template <class Text>
void encode_text(benchmark::State& state) {
  std::vector<note<Text>> const from(count);
  room to;
  for (auto _ : state) {
    to.used = 0;
    for (auto const& n : from) ab::canonical_codec::encode(n, to);
    benchmark::DoNotOptimize(to.bytes.data());
    benchmark::ClobberMemory();
  }
  per_value(state);
}
// A length in four bytes and the text, its room asked for once.
template <class Text>
void encode_text_by_hand(benchmark::State& state) {
  std::vector<note<Text>> const from(count);
  room to;
  for (auto _ : state) {
    to.used = 0;
    for (auto const& n : from) {
      auto* p = to.extend(16 + n.author.size() + n.text.size());
      std::memcpy(p, &n.at, 8);
      p += 8;
      for (std::string_view const s : {std::string_view(n.author), std::string_view(n.text)}) {
        auto const size = static_cast<std::uint32_t>(s.size());
        std::memcpy(p, &size, 4);
        std::memcpy(p + 4, s.data(), s.size());
        p += 4 + s.size();
      }
    }
    benchmark::DoNotOptimize(to.bytes.data());
    benchmark::ClobberMemory();
  }
  per_value(state);
}

std::vector<std::byte> encoded_note() {
  room r;
  ab::canonical_codec::encode(note<std::string_view>{}, r);
  return {r.bytes.begin(), r.bytes.begin() + static_cast<std::ptrdiff_t>(r.used)};
}
template <class Text>
void decode_text(benchmark::State& state) {
  auto const from = encoded_note();
  for (auto _ : state) {
    for (std::size_t i = 0; i < count; ++i) {
      auto r = ab::canonical_codec::decode<note<Text>>(from);
      benchmark::DoNotOptimize(r);
    }
  }
  per_value(state);
}
// The same checks, written for this one struct; false where the bytes are none.
template <class Text>
bool read_note(ab::bytes_view in, note<Text>& to) {
  if (in.size() < 8) return false;
  std::memcpy(&to.at, in.data(), 8);
  in = in.subspan(8);
  for (Text* const s : {&to.author, &to.text}) {
    std::uint32_t n = 0;
    if (in.size() < 4) return false;
    std::memcpy(&n, in.data(), 4);
    if (n > in.size() - 4) return false;
    *s = Text(reinterpret_cast<char const*>(in.data()) + 4, n);
    in = in.subspan(4 + n);
  }
  return in.empty();
}
template <class Text>
void decode_text_by_hand(benchmark::State& state) {
  auto const from = encoded_note();
  for (auto _ : state) {
    for (std::size_t i = 0; i < count; ++i) {
      note<Text> n{0, {}, {}};
      if (!read_note(from, n)) state.SkipWithError("it isn't read");
      benchmark::DoNotOptimize(n);
    }
  }
  per_value(state);
}
BENCHMARK(encode_text<std::string>)->Name("encode/text/ours");
BENCHMARK(encode_text_by_hand<std::string>)->Name("encode/text/by_hand");
BENCHMARK(decode_text<std::string>)->Name("decode/text_owning/ours");
BENCHMARK(decode_text_by_hand<std::string>)->Name("decode/text_owning/by_hand");
BENCHMARK(decode_text<std::string_view>)->Name("decode/text_borrowed/ours");
BENCHMARK(decode_text_by_hand<std::string_view>)->Name("decode/text_borrowed/by_hand");

}  // namespace
