// What every clock promises, and what each adds to it.
#include "catch.hpp"

#include <anabranch/clock.hpp>

#include <compare>
#include <cstdint>
#include <ctime>
#include <limits>
#include <type_traits>

namespace {

static_assert(ab::clock<ab::no_clock> && ab::clock<ab::manual_clock> && ab::clock<ab::system_clock>);

// No more than what the concept asks for is a clock.
struct least_stamp {
  int n = 0;
  friend auto operator<=>(least_stamp const&, least_stamp const&) = default;
};
struct least_clock {
  using policy_axis = ab::clock_axis;
  using stamp = least_stamp;
  int latest = 0;
  stamp now() noexcept { return {++latest}; }
  void observe(stamp const& s) noexcept { latest = s.n > latest ? s.n : latest; }
};
static_assert(ab::clock<least_clock>);
struct without_axis {
  using stamp = least_stamp;
  stamp now() noexcept;
  void observe(stamp) noexcept;
};
static_assert(!ab::clock<without_axis>);
struct may_throw : least_clock {
  stamp now() { return {}; }
};
static_assert(!ab::clock<may_throw>);

TEMPLATE_TEST_CASE("each stamp is later than all before it, and than all that were shown", "[clock][R37][R8]",
                   ab::manual_clock, ab::system_clock, least_clock) {
  TestType clock;
  auto latest = clock.now();
  for (int i = 0; i < 1000; ++i) {
    auto const next = clock.now();
    REQUIRE(next > latest);
    latest = next;
    if (i % 100 != 50) continue;
    // Showing it something older, or the newest again, changes nothing; showing it the future moves it there.
    TestType ahead = clock;
    for (int k = 0; k < 50; ++k) latest = ahead.now();
    clock.observe(next);
    CHECK(clock.now() > next);
    clock.observe(latest);
    auto const after = clock.now();
    REQUIRE(after > latest);
    latest = after;
  }
}

TEST_CASE("a manual clock tells what it was told", "[clock][R37]") {
  ab::manual_clock c;
  c.set(ab::timestamp{100});
  CHECK(c.now() == ab::timestamp{100});
  CHECK(c.now() == ab::timestamp{101});
  c.advance(1000);
  CHECK(c.now() == ab::timestamp{1100});
  c.set(ab::timestamp{5});  // back: stamps still rise
  CHECK(c.now() == ab::timestamp{1101});
  c.observe(ab::timestamp{7});
  CHECK(c.now() == ab::timestamp{1102});
  c.observe(ab::timestamp{2000});
  CHECK(c.now() == ab::timestamp{2001});
  static_assert([] {
    ab::manual_clock k;
    k.set(ab::timestamp::from_seconds(2));
    return k.now().nanoseconds == 2'000'000'000 && k.now().nanoseconds == 2'000'000'001;
  }());
}

TEST_CASE("the system's clock tells the time of day", "[clock][R37]") {
  ab::system_clock c;
  auto const before = static_cast<std::int64_t>(std::time(nullptr)) - 1;
  auto const now = c.now();
  auto const after = static_cast<std::int64_t>(std::time(nullptr)) + 1;
  CHECK(now >= ab::timestamp::from_seconds(before));
  CHECK(now <= ab::timestamp::from_seconds(after));
  // Shown a future, it goes on from there rather than back.
  auto const future = ab::timestamp{now.nanoseconds + 3'600'000'000'000};
  c.observe(future);
  CHECK(c.now() == ab::timestamp{future.nanoseconds + 1});
}

// The last stamp that there is can only repeat.
TEMPLATE_TEST_CASE("a clock that was shown the end of time stays there", "[clock][R73]", ab::manual_clock,
                   ab::system_clock) {
  TestType c;
  ab::timestamp const end{std::numeric_limits<std::int64_t>::max()};
  c.observe(end);
  CHECK(c.now() == end);
  CHECK(c.now() == end);
}

TEST_CASE("no clock costs nothing", "[clock][R37]") {
  static_assert(std::is_empty_v<ab::no_clock> && std::is_empty_v<ab::no_stamp>);
  constexpr ab::no_clock c;
  static_assert(c.now() == ab::no_stamp{});
  CHECK(((c.now() <=> c.now()) == 0));
}

}  // namespace
