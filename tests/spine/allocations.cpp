// Memory that runs out: whichever allocation fails, the store is as it was before, and the same again succeeds.
#include "spine/events.hpp"
#include "spine/observed.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

// How many more allocations of this thread succeed; none is counted while negative.
thread_local std::int64_t left = -1;

void* allocate(std::size_t n) {
  if (left >= 0 && left-- == 0) throw std::bad_alloc();
  if (void* const p = std::malloc(n == 0 ? 1 : n)) return p;
  throw std::bad_alloc();
}

}  // namespace

// All of them, since a sanitizer brings its own of those that are left out.
void* operator new(std::size_t n) { return allocate(n); }
void* operator new[](std::size_t n) { return allocate(n); }
void* operator new(std::size_t n, std::nothrow_t const&) noexcept { return std::malloc(n == 0 ? 1 : n); }
void* operator new[](std::size_t n, std::nothrow_t const&) noexcept { return std::malloc(n == 0 ? 1 : n); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }

namespace spine {
namespace {

struct out_of_memory {
  explicit out_of_memory(std::int64_t after) { left = after; }
  out_of_memory(out_of_memory const&) = delete;
  out_of_memory& operator=(out_of_memory const&) = delete;
  ~out_of_memory() { left = -1; }
};

// Runs `f` with its 1st, 2nd, … allocation failing, until it comes through. Gives how many failed.
template <class F, class Between>
int survives(F const& f, Between const& between) {
  for (int k = 0; k < 10'000; ++k) {
    bool through = false;
    try {
      out_of_memory const now(k);
      f();
      through = true;
    } catch (std::bad_alloc const&) {
    }
    if (through) return k;
    INFO("after " << k << " allocations");
    between(k);
  }
  FAIL("it never came through");
  return 0;
}

// What should hold while memory is short: Catch's own assertions would take the exception for a failure.
template <class R>
void must(R const& r) {
  if (!r) throw std::logic_error(std::string(r.error().message().view()));
}

template <class Fixture, class F>
void leaves_it_as_it_was(char const* what, F const& f) {
  INFO(what);
  Fixture fixture;
  auto s = busy_store(fixture);
  auto const before = observed(s);
  int const failures = survives([&] { f(s); },
                                [&](int k) {
                                  CHECK(observed(s) == before);
                                  if (k % 3 != 0) return;
                                  fixture.reopen(s);
                                  CHECK(observed(s) == before);
                                });
  CHECK(failures > 0);
  // It came through, and whatever it did is there to stay.
  auto const after = observed(s);
  fixture.reopen(s);
  CHECK(observed(s) == after);
}

TEMPLATE_LIST_TEST_CASE("a write that runs out of memory changes nothing", "[R9][R25][R73]", storages) {
  auto const each = [](char const* what, auto const& f) { leaves_it_as_it_was<TestType>(what, f); };
  std::vector<account_event> batch;
  for (int i = 0; i < 40; ++i) batch.emplace_back(noted{std::string(100, 'x')});
  std::string const text(100, 'y');

  each("append", [&](auto& s) { must(stream<account_event>(s, "a").append(noted{text})); });
  each("append to a new stream",
       [&](auto& s) { must(stream<account_event>(s, "b").append(ab::no_stream, deposited{1})); });
  each("append several", [&](auto& s) {
    must(stream<account_event>(s, "a").append(ab::exact(3), noted{text}, deposited{1}, noted{text}));
  });
  each("append all", [&](auto& s) { must(stream<account_event>(s, "a").append_all(batch)); });
  each("put a new key",
       [&](auto& s) { must(kv<std::int64_t>(s, "t").put("a key that is longer than short strings are", 5)); });
  each("put", [&](auto& s) { must(kv<std::int64_t>(s, "t").put("k", 5)); });
  each("update", [&](auto& s) { must(kv<std::int64_t>(s, "t").update("k", 0, [](std::int64_t n) { return n + 1; })); });
  each("compare and swap", [&](auto& s) { must(kv<std::int64_t>(s, "t").compare_and_swap("k", 1, 2)); });
  each("erase and put", [&](auto& s) {
    auto t = kv<std::int64_t>(s, "t");
    must(ab::commit(t.write_erasure("k"), t.write("z", std::int64_t{1})));
  });
  each("many operations", [&](auto& s) {
    auto a = stream<account_event>(s, "a"), b = stream<account_event>(s, "b");
    auto t = kv<std::int64_t>(s, "t");
    must(ab::commit(a.expect(ab::exact(3)), t.write("one more key, and not a short one", 1), b.write(noted{text}),
                    a.write_all(batch), t.write_erasure("k"), stream<order_event>(s, "orders").write(ordered{2}),
                    b.write(deposited{1}), t.write("k", 7), a.write_truncation(ab::revision{3}), b.write_all(batch)));
  });
  each("compaction", [&](auto& s) {
    auto a = stream<account_event>(s, "a");
    auto const state = a.resume(ab::folded<balance>{{1, text}, ab::revision{1}});
    must(ab::commit(ab::write_snapshot(a, *state), a.write_truncation(state->through)));
  });
}

TEMPLATE_LIST_TEST_CASE("a read that runs out of memory changes nothing", "[R73]", storages) {
  auto const each = [](char const* what, auto const& f) {
    INFO(what);
    TestType fixture;
    auto s = busy_store(fixture);
    REQUIRE(stream<account_event>(s, "a").append(noted{std::string(100, 'x')}));
    auto const before = observed(s);
    CHECK(survives([&] { f(s); }, [&](int) { CHECK(observed(s) == before); }) > 0);
    CHECK(observed(s) == before);
    // Nothing is left of it that would forbid the next write.
    REQUIRE(stream<account_event>(s, "a").append(deposited{1}));
    REQUIRE(stream<order_event>(s, "orders").append(ordered{1}));
  };
  each("fold", [](auto& s) { must(fold<journal>(stream<account_event>(s, "a"), ab::stored)); });
  each("fold of the whole", [](auto& s) { must(fold<journal>(s, ab::stored)); });
  each("read of the whole", [](auto& s) { must(s.read()); });
  each("project", [](auto& s) {
    must(stream<account_event>(s, "a").resume(ab::folded<journal>{{}, ab::revision{1}}));
  });
  each("keys", [](auto& s) { must(kv<std::int64_t>(s, "t").keys()); });
  each("new handles", [](auto& s) {
    for (int i = 0; i < 20; ++i) (void)stream<account_event>(s, *ab::name::parse("stream " + std::to_string(i)));
    for (int i = 0; i < 20; ++i) (void)kv<std::string>(s, *ab::name::parse("table " + std::to_string(i)));
    (void)stream<order_event>(s, "a");
  });
}

TEMPLATE_LIST_TEST_CASE("a store that runs out of memory while it opens opens later", "[R73]", storages) {
  TestType fixture;
  auto s = busy_store(fixture);
  auto const before = observed(s);
  survives([&] { fixture.reopen(s); }, [](int) {});
  CHECK(observed(s) == before);
  TestType fresh;
  survives(
      [&] {
        auto other = fresh.template open<account_event>();
        must(other.stream("a").append(deposited{1}));
      },
      [](int) {});
}

}  // namespace
}  // namespace spine
