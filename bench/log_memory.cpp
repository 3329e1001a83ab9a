// Streams in memory against a vector of the same row. The result of an append is ignored; the dispatch is `one_of`'s on both sides.
#include "instructions/account.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace {

// What isn't used costs no byte: a row of the default stack is the event.
static_assert(sizeof(row) == sizeof(account_event));

// Enough for the making of the store, which is in each turn, to count little.
constexpr long events = 20'000;

#if defined(__GLIBC__)
// Memory that was freed stays with the process. Otherwise what is measured is how often the system takes it back and gives it again,
// which on both sides depends on what ran before.
bool const keeps_memory = ::mallopt(M_MMAP_THRESHOLD, 1 << 30) == 1 && ::mallopt(M_TRIM_THRESHOLD, 1 << 30) == 1;
#endif

template <class Row, class... Rest>
void push(std::vector<Row>& to, long i, Rest... rest) {
  to.emplace_back(std::in_place_type<deposited>, deposited{amount(i)}, rest...);
}
void per_event(benchmark::State& state, std::int64_t n) { state.SetItemsProcessed(state.iterations() * n); }

// --- append -----------------------------------------------------------------------------------------------------------

template <class... Policies>
void append(benchmark::State& state) {
  for (auto _ : state) {
    ab::store<account_event, ab::policies<Policies...>> bank;
    auto a = bank.stream("account/42");
    for (long i = 0; i < events; ++i) (void)a.append(deposited{amount(i)});
    keep(&bank);
  }
  per_event(state, events);
}
// A vector that lies where a stream does, behind a pointer.
void append_by_hand(benchmark::State& state) {
  for (auto _ : state) {
    auto a = std::make_unique<std::vector<row>>();
    keep(&a);
    for (long i = 0; i < events; ++i) push(*a, i, ab::no_stamp{}, ab::no_position{});
    keep(&a);
  }
  per_event(state, events);
}
// A vector of the function's own, whose end the compiler keeps in a register for the whole loop.
void append_to_local(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<row> a;
    for (long i = 0; i < events; ++i) push(a, i, ab::no_stamp{}, ab::no_position{});
    keep(&a);
  }
  per_event(state, events);
}
BENCHMARK(append<>)->Name("append/ours")->Unit(benchmark::kMicrosecond);
BENCHMARK(append_by_hand)->Name("append/by_hand")->Unit(benchmark::kMicrosecond);
BENCHMARK(append_to_local)->Name("append/peer_local_vector")->Unit(benchmark::kMicrosecond);

// Axes that are used: beside the default, and against the same by hand.
void append_numbered(benchmark::State& state) {
  using numbered = ab::row<account_event, ab::no_stamp, ab::position>;
  for (auto _ : state) {
    std::vector<numbered> a;
    std::vector<std::pair<void*, std::int64_t>> order;
    for (long i = 0; i < events; ++i) {
      push(a, i, ab::no_stamp{}, ab::position{static_cast<std::int64_t>(order.size()) + 1});
      order.emplace_back(&a, static_cast<std::int64_t>(a.size()));
    }
    keep(&a);
    keep(&order);
  }
  per_event(state, events);
}
void append_under_mutex(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<row> a;
    std::mutex m;
    for (long i = 0; i < events; ++i) {
      std::lock_guard const lock(m);
      push(a, i, ab::no_stamp{}, ab::no_position{});
    }
    keep(&a);
  }
  per_event(state, events);
}
BENCHMARK(append<ab::global_order>)->Name("append_global_order/ours")->Unit(benchmark::kMicrosecond);
BENCHMARK(append_numbered)->Name("append_global_order/by_hand")->Unit(benchmark::kMicrosecond);
BENCHMARK(append<>)->Name("append_global_order/peer_default")->Unit(benchmark::kMicrosecond);
BENCHMARK(append<ab::locked<std::mutex>>)->Name("append_locked/ours")->Unit(benchmark::kMicrosecond);
BENCHMARK(append_under_mutex)->Name("append_locked/by_hand")->Unit(benchmark::kMicrosecond);
BENCHMARK(append<>)->Name("append_locked/peer_default")->Unit(benchmark::kMicrosecond);

// --- fold -------------------------------------------------------------------------------------------------------------

struct count {
  std::int64_t n = 0;
  constexpr void apply(ab::others) { ++n; }
};
struct largest {
  std::int64_t cents = 0;
  constexpr void apply(deposited const& e) { cents = e.cents > cents ? e.cents : cents; }
  constexpr void apply(withdrawn const& e) { cents = e.cents > cents ? e.cents : cents; }
};
struct spent {
  std::int64_t cents = 0;
  constexpr void apply(withdrawn const& e) { cents += e.cents; }
  constexpr void apply(ab::others) {}
};

account_event event(long i) {
  return (i & 3) == 0 ? account_event(withdrawn{amount(i)}) : account_event(deposited{amount(i)});
}
template <class Store>
auto filled(Store& bank, long n) {
  auto a = bank.stream("account/42");
  for (long i = 0; i < n; ++i) (void)a.append(event(i));
  return a;
}
std::vector<row> filled_rows(long n) {
  std::vector<row> a;
  for (long i = 0; i < n; ++i) a.emplace_back(event(i), ab::no_stamp{}, ab::no_position{});
  return a;
}

void fold(benchmark::State& state) {
  ab::store<account_event> bank;
  auto const a = filled(bank, state.range(0));
  for (auto _ : state) {
    auto const b = a.fold<balance>();
    keep(&b);
  }
  per_event(state, state.range(0));
}
void fold_by_hand(benchmark::State& state) {
  auto const a = filled_rows(state.range(0));
  for (auto _ : state) {
    balance b;
    for (auto const& r : a) r.data.visit([&](auto const& e) { b.apply(e); });
    keep(&b);
  }
  per_event(state, state.range(0));
}
BENCHMARK(fold)->Name("fold/ours")->Arg(1000)->Arg(100'000);
BENCHMARK(fold_by_hand)->Name("fold/by_hand")->Arg(1000)->Arg(100'000);

// Four projections in one pass, by hand, and in four passes.
void fold_four(benchmark::State& state) {
  ab::store<account_event> bank;
  auto const a = filled(bank, state.range(0));
  for (auto _ : state) {
    auto const b = a.fold<balance, count, largest, spent>();
    keep(&b);
  }
  per_event(state, state.range(0));
}
void fold_four_by_hand(benchmark::State& state) {
  auto const a = filled_rows(state.range(0));
  for (auto _ : state) {
    balance b;
    count n;
    largest l;
    spent s;
    struct four {
      balance& b;
      count& n;
      largest& l;
      spent& s;
      void operator()(deposited const& e) const {
        b.apply(e), n.apply(ab::others{}), l.apply(e), s.apply(ab::others{});
      }
      void operator()(withdrawn const& e) const { b.apply(e), n.apply(ab::others{}), l.apply(e), s.apply(e); }
    } const step{b, n, l, s};
    for (auto const& r : a) r.data.visit(step);
    keep(&b);
    keep(&n);
    keep(&l);
    keep(&s);
  }
  per_event(state, state.range(0));
}
void fold_four_times(benchmark::State& state) {
  ab::store<account_event> bank;
  auto const a = filled(bank, state.range(0));
  for (auto _ : state) {
    auto const b = a.fold<balance>();
    auto const n = a.fold<count>();
    auto const l = a.fold<largest>();
    auto const s = a.fold<spent>();
    keep(&b);
    keep(&n);
    keep(&l);
    keep(&s);
  }
  per_event(state, state.range(0));
}
BENCHMARK(fold_four)->Name("fold_fused/ours")->Arg(100'000);
BENCHMARK(fold_four_by_hand)->Name("fold_fused/by_hand")->Arg(100'000);
BENCHMARK(fold_four_times)->Name("fold_fused/peer_four_passes")->Arg(100'000);

// --- a commit over two streams ----------------------------------------------------------------------------------------

void transfer(benchmark::State& state) {
  for (auto _ : state) {
    ab::store<account_event> bank;
    auto a = bank.stream("account/42"), b = bank.stream("account/43");
    long done = 0;
    for (long i = 0; i < events; ++i) {
      auto const ok = ab::commit(a.expect(ab::exact(i)), b.expect(ab::exact(i)), a.write(withdrawn{amount(i)}),
                                 b.write(deposited{amount(i)}));
      if (ok) ++done;
    }
    keep(&done);
    keep(&bank);
  }
  per_event(state, 2 * events);
}
// Checks both, pushes both, and takes the first back where the second can't be had.
bool transfer_rows(std::vector<row>& a, std::vector<row>& b, std::size_t at_a, std::size_t at_b, std::int64_t cents) {
  if (a.size() != at_a || b.size() != at_b) return false;
  a.emplace_back(std::in_place_type<withdrawn>, withdrawn{cents}, ab::no_stamp{}, ab::no_position{});
  try {
    b.emplace_back(std::in_place_type<deposited>, deposited{cents}, ab::no_stamp{}, ab::no_position{});
  } catch (...) {
    a.pop_back();
    throw;
  }
  return true;
}
void transfer_by_hand(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<row> a, b;
    long done = 0;
    for (long i = 0; i < events; ++i) {
      if (transfer_rows(a, b, static_cast<std::size_t>(i), static_cast<std::size_t>(i), amount(i))) ++done;
    }
    keep(&done);
    keep(&a);
    keep(&b);
  }
  per_event(state, 2 * events);
}
BENCHMARK(transfer)->Name("commit_two_streams/ours")->Unit(benchmark::kMicrosecond);
BENCHMARK(transfer_by_hand)->Name("commit_two_streams/by_hand")->Unit(benchmark::kMicrosecond);

}  // namespace
