// The time of events: who tells it, and who doesn't.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <vector>

namespace spine {
namespace {

// A user's own clock that counts how often it is asked.
struct asked_clock {
  using policy_axis = ab::clock_axis;
  using stamp = ab::timestamp;
  static inline int times = 0;
  std::int64_t next = 1000;
  stamp now() noexcept {
    ++times;
    return {next++};
  }
  void observe(stamp s) noexcept {
    if (s.nanoseconds >= next) next = s.nanoseconds + 1;
  }
  stamp latest() const noexcept { return {next - 1}; }
};
static_assert(ab::clock<asked_clock>);

using stamps = std::vector<std::int64_t>;

template <class Handle>
stamps stamps_of(Handle const& h) {
  stamps all;
  for (auto const& e : *h.read()) all.push_back(e.at.nanoseconds);
  return all;
}

TEMPLATE_LIST_TEST_CASE("an event is its stream, revision, type, time and data", "[R1]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::manual_clock>();
  bank.clock().set(ab::timestamp{500});
  auto a = bank.stream("account/1");
  auto const r = a.append(noted{"hello"});
  REQUIRE(r);
  CHECK(r->at == ab::timestamp{500});
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    a = bank.stream("account/1");
    auto const events = a.read();
    REQUIRE(events->size() == 1);
    auto const e = events->front();
    CHECK(e.stream == "account/1");
    CHECK(e.revision == ab::revision{1});
    CHECK(e.type() == "noted");
    CHECK(e.at == ab::timestamp{500});
    CHECK(e.data == account_event(noted{"hello"}));
    // A projection sees the same.
    CHECK(fold<journal>(a)->lines == std::vector<std::string>{"account/1@1 t500 hello"});
  }
}

TEMPLATE_LIST_TEST_CASE("the time is the caller's or the clock's at the append", "[R1]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::manual_clock>();
  bank.clock().set(ab::timestamp{500});
  auto a = bank.stream("a");
  REQUIRE(a.append(deposited{1}));
  CHECK(a.append(ab::at(ab::timestamp{7}), deposited{2})->at == ab::timestamp{7});
  CHECK(a.append(ab::exact(2), ab::at(ab::timestamp{9'000}), deposited{3}, deposited{4})->at == ab::timestamp{9'000});
  // Whatever the clock tells later comes after what it was shown.
  CHECK(a.append(deposited{5})->at == ab::timestamp{9'001});
  std::vector<deposited> const batch{{6}, {7}};
  CHECK(ab::commit(a.write_all(ab::at(ab::timestamp{3}), batch))->at == ab::timestamp{3});
  stamps const expected{500, 7, 9'000, 9'000, 9'001, 3, 3};
  CHECK(stamps_of(a) == expected);
  fixture.reopen(bank);
  CHECK(stamps_of(bank.stream("a")) == expected);
  CHECK(bank.stream("a").append(deposited{8})->at > ab::timestamp{9'001});
}

TEMPLATE_LIST_TEST_CASE("no clock is asked during a replay", "[R1]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, asked_clock, ab::global_order>();
  auto a = bank.stream("a");
  asked_clock::times = 0;
  REQUIRE(a.append(deposited{1}, withdrawn{2}));
  REQUIRE(a.append_all(std::vector<deposited>{{3}, {4}}));
  CHECK(asked_clock::times == 4);
  REQUIRE(a.append(ab::at(ab::timestamp{5}), deposited{5}));
  CHECK(a.append(ab::exact(0), deposited{6}).error() == ab::errc::wrong_revision);
  CHECK(asked_clock::times == 4);

  auto const before = *fold<journal>(a);
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    a = bank.stream("a");
    CHECK(*fold<journal>(a) == before);
    CHECK(*fold<journal>(bank) == before);
    CHECK(read_all(a) == before);
    auto const part = project<journal>(a);
    CHECK(a.resume(*part)->state == before);
    CHECK(bank.resume(*project<journal>(bank))->state == before);
    REQUIRE(a.truncate(ab::revision{0}));
  }
  CHECK(asked_clock::times == 4);
}

template <class Fixture, class Clock>
void stamps_of_a_batch_rise() {
  Fixture fixture;
  auto bank = fixture.template open<account_event, Clock>();
  auto a = bank.stream("a"), b = bank.stream("b");
  std::vector<account_event> const batch(50, deposited{1});
  ab::timestamp latest{};
  for (int again = 0; again < 4; ++again) {
    REQUIRE(ab::commit(a.write_all(batch), b.write(deposited{1}), a.write(deposited{1}, deposited{2})));
    auto const events = *a.read(ab::from(a.last().value - 51));
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (again + static_cast<int>(i) > 0) CHECK(events[i].at > latest);
      latest = events[i].at;
    }
    if (again == 1) {
      fixture.reopen(bank);
      a = bank.stream("a");
      b = bank.stream("b");
    }
  }
}

TEMPLATE_LIST_TEST_CASE("events stamped in one batch get strictly increasing stamps", "[R8]", storages) {
  SECTION("manual, standing still") { stamps_of_a_batch_rise<TestType, ab::manual_clock>(); }
  SECTION("system") { stamps_of_a_batch_rise<TestType, ab::system_clock>(); }
}

}  // namespace
}  // namespace spine
