// Several programs and one store.
#include "remote/transports.hpp"
#include "spine/observed.hpp"

#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace remote_tests {
namespace {

using namespace spine;

// Goes away at the n-th commit, before or after the server has it.
class failing {
 public:
  template <class Server>
  explicit failing(Server& s) : to_(s) {}

  ab::result<ab::bytes> call(ab::bytes_view request) {
    ab::error const gone(ab::errc::disconnected, "gone", "come again");
    if (down) return gone;
    if (!is(request, ab::remote::commit::tag) || !fails) return to_.call(request);
    if (delivers) (void)to_.call(request);
    return gone;
  }
  static inline bool fails = false, delivers = false, down = false;

 private:
  ab::remote::in_process to_;
};

TEST_CASE("two programs see each other's commits", "[remote][R70][R74][R24]") {
  on_server fixture;
  auto one = fixture.open<both_families, ab::global_order>();
  auto other = fixture.another<both_families, ab::global_order>();
  auto a = spine::stream<account_event>(one, "a"), a2 = spine::stream<account_event>(other, "a");
  REQUIRE(a.append(deposited{1}));
  CHECK(a2.last() == ab::revision{1});
  REQUIRE(a2.append(ab::exact(1), deposited{2}));
  // What is known is out of date here, and neither refuses nor lets through what it shouldn't.
  CHECK(a.append(ab::exact(2), deposited{3}));
  REQUIRE(a2.append(deposited{4}));
  auto const refused = a.append(ab::exact(3), deposited{5});
  CHECK(refused.error() == ab::errc::wrong_revision);
  CHECK(refused.error().expected == 3);
  CHECK(refused.error().actual == 4);
  CHECK(a.fold<balance>()->cents == 10);
  CHECK(observed(one) == observed(other));

  auto t = spine::kv<std::int64_t>(one, "t"), t2 = spine::kv<std::int64_t>(other, "t");
  REQUIRE(t.put("k", 1));
  CHECK(**t2.get("k") == 1);
  REQUIRE(t2.compare_and_swap("k", 1, 2));
  CHECK(t.compare_and_swap("k", 1, 3).error() == ab::errc::value_mismatch);
  CHECK(*t.update("k", 0, [](std::int64_t n) { return n + 10; }) == 12);
  CHECK(t2.put_new("k", 5).error() == ab::errc::key_exists);
  REQUIRE(a2.truncate(ab::revision{2}));
  CHECK(a.first() == ab::revision{3});
  CHECK(a.read(ab::from(1)).error() == ab::errc::truncated);
}

TEST_CASE("a commit goes by no value that was looked up before it", "[remote][R70][R10][R26]") {
  on_server fixture;
  auto one = fixture.open<account_event>(), other = fixture.another<account_event>();
  auto a = one.stream("a"), a2 = other.stream("a");
  auto t = one.kv<std::int64_t>("t"), t2 = other.kv<std::int64_t>("t");
  auto const seen_before = [&](std::optional<std::int64_t> before, std::optional<std::int64_t> now) {
    if (before) REQUIRE(t2.put("k", *before));
    if (!before) REQUIRE(t2.erase("k"));
    REQUIRE(t.get("k"));
    if (now) REQUIRE(t2.put("k", *now));
    if (!now) REQUIRE(t2.erase("k"));
  };
  seen_before(5, 6);
  CHECK(ab::commit(t.expect("k", 5), a.write(deposited{1})).error() == ab::errc::value_mismatch);
  seen_before(5, 6);
  CHECK(t.compare_and_swap("k", 6, 7));
  seen_before({}, 1);
  CHECK(*t.erase("k"));
  CHECK_FALSE(*t2.contains("k"));
  seen_before(1, {});
  CHECK(t.put_new("k", 2));

  REQUIRE(t.put("k", 1));
  auto const twice = ab::commit(t.write("k", 2), t.write_erasure("k"), t.write_erasure("k"));
  REQUIRE(twice);
  CHECK(std::get<1>(*twice));
  CHECK_FALSE(std::get<2>(*twice));
  CHECK_FALSE(*t2.contains("k"));

  REQUIRE(ab::append_inlined<balance>(a, deposited{1}));
  REQUIRE(ab::load_inlined<balance>(a));
  REQUIRE(ab::append_inlined<balance>(a2, deposited{2}));
  REQUIRE(ab::append_inlined<balance>(a, deposited{4}));
  CHECK(ab::load_inlined<balance>(a2)->state.cents == 7);
}

TEST_CASE("a commit relies on the events that its functions read", "[remote][R70][R9][R26]") {
  on_server fixture;
  auto one = fixture.open<account_event>(), other = fixture.another<account_event>();
  auto a = one.stream("a"), a2 = other.stream("a");
  REQUIRE(a.append(deposited{1}));
  int others = 3;
  auto const put = one.kv<std::int64_t>("t").update("events", 0, [&](std::int64_t) {
    auto const events = a.read();
    auto const n = static_cast<std::int64_t>(events->size());
    if (others-- > 0) REQUIRE(a2.append(deposited{1}));
    return n;
  });
  REQUIRE(put);
  CHECK(*put == 4);
  // What is staged is with nobody yet: no part of it is left out in silence.
  on_server ordered;
  auto s = ordered.open<account_event, ab::global_order>();
  auto const refused = ab::commit(s.stream("a").write(deposited{1}), s.kv<bool>("t").write("counts", [&] {
    auto const all = ab::query(s).count();
    return !all && all.error() == ab::errc::busy;
  }));
  REQUIRE(refused);
  CHECK(std::get<1>(*refused));
}

TEST_CASE("what a commit hears of meanwhile doesn't change what it has gone by", "[remote][R70][R9][R26]") {
  on_server fixture;
  bool first = true;
  SECTION("where a stream stands") {
    auto one = fixture.open<account_event>(), other = fixture.another<account_event>();
    auto a = one.stream("a"), a2 = other.stream("a");
    REQUIRE(a.append(deposited{1}));
    auto const lists = [&] {
      if (std::exchange(first, false)) REQUIRE(a2.append(deposited{2}));
      return ab::catalog(one).total_events();
    };
    auto const refused =
        ab::commit(a.expect(ab::exact(1)), a.write(deposited{4}), one.kv<std::int64_t>("t").write("n", lists));
    REQUIRE_FALSE(refused);
    CHECK(refused.error() == ab::errc::wrong_revision);
  }
  SECTION("where the store stands") {
    auto one = fixture.open<account_event, ab::global_order>(),
         other = fixture.another<account_event, ab::global_order>();
    auto a = one.stream("a"), b2 = other.stream("b");
    auto const asks = [&] {
      if (std::exchange(first, false)) REQUIRE(b2.append(deposited{2}));
      return one.stream("new").last().value;
    };
    auto const done = ab::commit(a.write(deposited{4}), one.kv<std::int64_t>("t").write("n", asks));
    REQUIRE(done);
    CHECK(std::get<0>(*done).position == one.last());
  }
}

TEST_CASE("what another program overtakes is decided again", "[remote][R70][R25][R26]") {
  on_server fixture;
  auto one = fixture.open<account_event>(), other = fixture.another<account_event>();
  auto a = one.stream("a"), a2 = other.stream("a");
  REQUIRE(a.append(deposited{1}));
  int others = 3;
  auto const doubled = [&](balance const& now) {
    if (others-- > 0) REQUIRE(a2.append(deposited{100}));
    return deposited{now.cents};
  };
  auto const done = ab::retry_append(a, ab::folded<balance>{}, doubled, ab::snapshot_every(2));
  REQUIRE(done);
  CHECK(done->attempts == 4);
  CHECK(done->state.state.cents == 602);
  CHECK(a.fold<balance>()->cents == 602);
  CHECK(ab::load<balance>(a2)->state.cents == 602);
  others = 9;
  auto const given_up = ab::retry_append(a, ab::folded<balance>{}, doubled, ab::retry(2));
  REQUIRE_FALSE(given_up);
  CHECK(given_up.error() == ab::errc::wrong_revision);
}

TEST_CASE("names are one family's and one type's for all programs", "[remote][R70][R73]") {
  on_server fixture;
  auto one = fixture.open<both_families>(), other = fixture.another<both_families>();
  REQUIRE(spine::stream<account_event>(one, "x").append(deposited{1}));
  CHECK(spine::stream<order_event>(other, "x").append(ordered{1}).error() == ab::errc::wrong_family);
  CHECK(spine::stream<order_event>(other, "x").read().error() == ab::errc::wrong_family);
  REQUIRE(spine::kv<std::int64_t>(one, "t").put("k", 1));
  CHECK(spine::kv<std::string>(other, "t").get("k").error() == ab::errc::wrong_type);
}

TEST_CASE("a stamp comes after all that its program has seen", "[remote][R70][R1]") {
  on_server fixture;
  auto one = fixture.open<account_event, ab::manual_clock>(),
       other = fixture.another<account_event, ab::manual_clock>();
  one.clock().set(ab::timestamp{1'000'000});
  REQUIRE(one.stream("a").append(deposited{1}));
  CHECK(other.stream("a").append(deposited{2})->at > ab::timestamp{1'000'000});
  auto late = fixture.another<account_event, ab::manual_clock>();
  CHECK(late.stream("b").append(deposited{2})->at > ab::timestamp{1'000'001});
}

TEST_CASE("a store of many pages", "[remote][R70][R4][R31]") {
  on_server fixture;
  auto s = fixture.open<both_families, ab::global_order>();
  auto a = spine::stream<account_event>(s, "a");
  for (int i = 0; i < 5; ++i) {
    std::vector<account_event> all(1000, deposited{i + 1});
    all.push_back(noted{std::string(600'000, 'x')});
    REQUIRE(a.append_all(all));
  }
  CHECK(a.fold<balance>()->cents == 15'000);
  CHECK(a.fold<counted>(ab::between(1001, 4004))->n == 3004);
  auto const tail = a.read(ab::between(5000, 5005));
  CHECK(tail->size() == 6);
  auto const backwards = a.read_backwards();
  CHECK(backwards->front().revision == ab::revision{5005});
  CHECK(s.fold<counted>()->n == 5005);
  CHECK(s.project<counted>()->through == ab::position{5005});
  auto const half = *a.project<counted>();
  REQUIRE(a.append(deposited{1}));
  CHECK(a.resume(half)->state.n == 5006);
  REQUIRE(a.truncate(ab::revision{2000}));
  CHECK(a.fold<counted>().error() == ab::errc::truncated);
  CHECK(a.fold<counted>(ab::stored)->n == 3006);
}

TEST_CASE("what is left is read over many pages, of a store too", "[remote][R70][R18][R31]") {
  on_server fixture;
  auto s = fixture.open<account_event, ab::global_order>();
  auto a = s.stream("a"), b = s.stream("b");
  for (int i = 0; i < 1200; ++i) REQUIRE(ab::commit(a.write(deposited{1}), b.write(deposited{2})));
  REQUIRE(a.truncate(ab::revision{1100}));
  CHECK(s.read(ab::stored)->size() == 1300);
  CHECK(*ab::query(s, ab::stored).count() == 1300);
  CHECK(s.fold<balance>(ab::stored)->cents == 2500);
  CHECK(s.read(ab::from(1025)).error() == ab::errc::truncated);
  CHECK(s.read(ab::from(2200))->size() == 201);
}

TEST_CASE("a commit whose answer is lost", "[remote][R70][R73]") {
  on_server_with<failing, on_file> fixture;
  failing::fails = failing::delivers = failing::down = false;
  auto s = fixture.open<account_event>();
  auto a = s.stream("a");
  REQUIRE(a.append(deposited{1}));
  failing::fails = true;
  CHECK(a.append(deposited{2}).error() == ab::errc::disconnected);
  failing::delivers = true;
  CHECK(a.append(deposited{3}).error() == ab::errc::disconnected);
  CHECK(ab::append_once(a, "key", deposited{4}).error() == ab::errc::disconnected);
  failing::down = true;
  CHECK(a.read().error() == ab::errc::disconnected);
  CHECK(a.last() == ab::revision{1});  // what was last heard of
  CHECK(s.kv<int>("t").get("k").error() == ab::errc::disconnected);
  CHECK(s.stream("new").append(deposited{1}).error() == ab::errc::disconnected);
  failing::fails = failing::down = false;
  CHECK(s.kv<int>("t").get("k"));
  CHECK(a.last() == ab::revision{2});
  // With a key it may be repeated.
  CHECK(ab::append_once(a, "key", deposited{4})->last == ab::revision{3});
  CHECK(a.fold<balance>()->cents == 8);
}

TEST_CASE("many programs that append at once lose and duplicate nothing", "[remote][R70][R26][R24]") {
  constexpr int threads = 4, each = 50;
  on_server fixture;
  auto host = fixture.open<account_event, ab::locked<std::mutex>>();
  {
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t) {
      all.emplace_back([&, own = fixture.another<account_event, ab::locked<std::mutex>>()]() mutable {
        auto a = own.stream("a");
        auto count = own.kv<std::int64_t>("count");
        for (int i = 0; i < each; ++i) {
          while (!a.append(ab::exact(a.last()), deposited{1})) {
          }
          while (!count.update("n", 0, [](std::int64_t n) { return n + 1; })) {
          }
        }
      });
    }
    for (auto& t : all) t.join();
  }
  CHECK(host.stream("a").last() == ab::revision{threads * each});
  CHECK(host.stream("a").fold<balance>()->cents == threads * each);
  CHECK(**host.kv<std::int64_t>("count").get("n") == threads * each);
}

}  // namespace
}  // namespace remote_tests
