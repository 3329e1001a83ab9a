// Many threads, one stream: nothing is lost, nothing twice, and every decision was on what was there.
#include "decider/bank.hpp"

#include <atomic>
#include <mutex>
#include <thread>

namespace deciding {
namespace {

struct arrived {
  std::int32_t thread = 0;
  std::int32_t number = 0;
  std::int64_t before = 0;  // how many had arrived, as the decision saw it
};
using arrival_event = ab::one_of<arrived>;

struct arrivals {
  std::int64_t count = 0;
  void apply(arrived const&) { ++count; }
};
struct arrive {
  std::int32_t thread;
  std::int32_t number;
};
constexpr int threads = 8;

// The first time, every thread decides before any of them writes: all but one are late.
struct doorkeeper {
  using state = arrivals;
  std::atomic<int>* decided;

  arrived decide(arrive const& c, arrivals const& a) const {
    if (*decided < threads) {
      ++*decided;
      while (*decided < threads) std::this_thread::yield();
    }
    return {c.thread, c.number, a.count};
  }
};

// Lets every thread handle `each` commands; `come(thread, number)` says whether it went through.
template <class F>
std::int64_t all_at_once(int each, F const& come) {
  std::atomic<int> ready = 0;
  std::atomic<std::int64_t> through = 0;
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t) {
    all.emplace_back([&, t] {
      ++ready;
      while (ready < threads) std::this_thread::yield();
      for (int n = 0; n < each; ++n) {
        if (come(t, n)) ++through;
      }
    });
  }
  for (auto& t : all) t.join();
  return through;
}

// Catch's assertions are for one thread, so the threads only count, and this looks at what they left.
template <class Stream>
void must_hold(Stream const& s, std::int64_t through) {
  CHECK(s.last() == ab::revision{through});
  auto const events = s.read();
  REQUIRE(events);
  REQUIRE(static_cast<std::int64_t>(events->size()) == through);
  std::array<std::int32_t, threads> last{};
  last.fill(-1);
  bool in_order = true, on_what_was_there = true;
  for (auto const& e : *events) {
    auto const& a = *e.data.template get_if<arrived>();
    auto& l = last[static_cast<std::size_t>(a.thread)];
    in_order = in_order && a.number > l;  // each thread's own come in its order, so that none is there twice
    l = a.number;
    on_what_was_there = on_what_was_there && a.before == e.revision.value - 1;
  }
  CHECK(in_order);
  CHECK(on_what_was_there);
}

template <class Fixture, class... Policies>
void lose_and_duplicate_nothing(int each) {
  Fixture fixture;
  auto door = fixture.template open<arrival_event, ab::locked<std::mutex>, Policies...>();
  auto const s = door.stream("door");
  ab::retry const forever(1'000'000);

  std::atomic<int> decided = 0, conflicts = 0;
  doorkeeper const keeper{&decided};
  auto through = all_at_once(each, [&](int t, int n) {
    auto const r = ab::handle(s, keeper, arrive{t, n}, forever);
    if (r) conflicts += r->attempts - 1;
    return r.has_value();
  });
  CHECK(through == threads * each);
  CHECK(conflicts >= threads - 1);
  must_hold(s, through);

  // Those who give up have written nothing.
  through += all_at_once(each, [&](int t, int n) {
    return ab::handle(s, keeper, arrive{t, each + n}, ab::retry(1), ab::snapshot_every(10)).has_value();
  });
  must_hold(s, through);
  CHECK(through > threads * each);

  // With states that each keeps, and snapshots besides.
  std::array<ab::folded<arrivals>, threads> kept{};
  auto const more = all_at_once(each, [&](int t, int n) {
    auto& mine = kept[static_cast<std::size_t>(t)];
    auto const r = ab::retry_append(
        s, mine,
        [&](arrivals const& a) {
          return arrived{t, 2 * each + n, a.count};
        },
        forever, ab::snapshot_every(10));
    if (r) mine = r->state;
    return r.has_value();
  });
  CHECK(more == threads * each);
  through += more;
  must_hold(s, through);
  CHECK(ab::load<arrivals>(s)->state.count == through);

  fixture.reopen(door);
  must_hold(door.stream("door"), through);
  CHECK(ab::load<arrivals>(door.stream("door"))->state.count == through);
}

TEST_CASE("eight threads on one stream in memory lose and duplicate nothing", "[decider][R24][R26]") {
  lose_and_duplicate_nothing<spine::in_memory>(100);
  lose_and_duplicate_nothing<spine::in_memory, ab::global_order>(50);
}
TEST_CASE("eight threads on one stream in files lose and duplicate nothing", "[decider][R24][R26]") {
  lose_and_duplicate_nothing<spine::on_file>(50);
}
TEST_CASE("eight threads that share their syncs lose and duplicate nothing", "[decider][R24][R26]") {
  lose_and_duplicate_nothing<spine::on_file_with<ab::sync_group>, ab::global_order>(10);
}

}  // namespace
}  // namespace deciding
