// Every operation may be staged, undone and staged again, and is as if it had been staged once.
#include "remote/transports.hpp"
#include "spine/observed.hpp"

#include <anabranch/decider.hpp>
#include <anabranch/idempotency.hpp>
#include <anabranch/inline_projection.hpp>
#include <anabranch/registry.hpp>
#include <anabranch/snapshot.hpp>
#include <anabranch/subscription.hpp>

namespace remote_tests {
namespace {

using namespace spine;

struct deposit {
  std::int64_t cents;
};
struct teller {
  using state = balance;
  using event = account_event;
  std::vector<account_event> decide(deposit const& c, balance const&) const {
    return {deposited{c.cents}, noted{"in"}};
  }
};

// What two programs see who do the same, the one in peace, the other always overtaken.
template <class F>
void same_as_once(F const& f) {
  on_file in_peace;
  overtaken_server disturbed;
  auto one = busy_store(in_peace);
  auto other = busy_store(disturbed);
  auto const before = overtaken::times;
  auto const said = f(one), said_again = f(other);
  CHECK(overtaken::times > before);
  CHECK(said == said_again);
  CHECK(observed(one) == observed(other));
  disturbed.reopen(other);
  CHECK(observed(one) == observed(other));
}

TEST_CASE("operations that are staged again", "[remote][R70][R9][R26]") {
  SECTION("appends, truncations and values that the commit makes") {
    same_as_once([](auto& s) {
      auto a = spine::stream<account_event>(s, "a"), b = spine::stream<account_event>(s, "b");
      auto t = spine::kv<std::int64_t>(s, "t");
      std::vector<account_event> const more{deposited{7}, noted{"more"}};
      auto const done =
          ab::commit(a.write(deposited{5}), b.write_all(more), a.write_truncation(ab::revision{2}), t.write("k", 4),
                     t.write_erasure("k"), t.write_new("n", std::int64_t{9}), b.expect(ab::no_stream),
                     spine::kv<ab::revision>(s, "cursors").write("a", a.revision_here()));
      REQUIRE(done);
      auto const cursor = spine::kv<ab::revision>(s, "cursors").get("a");
      return std::to_string(std::get<0>(*done).last.value) + ' ' + std::to_string(std::get<1>(*done).first.value) +
             ' ' + std::to_string(std::get<2>(*done).value) + ' ' + std::to_string(std::get<3>(*done)) + ' ' +
             std::to_string(std::get<4>(*done)) + ' ' + std::to_string((*cursor)->value);
    });
  }
  SECTION("update begins from what is there, or from the default") {
    same_as_once([](auto& s) {
      auto t = spine::kv<std::int64_t>(s, "t");
      auto const twice = [](std::int64_t n) { return 2 * n; };
      return std::vector{*t.update("k", 100, twice), *t.update("new", 100, twice), *t.update("new", 100, twice)};
    });
  }
  SECTION("a command is decided once, and its state takes the events once") {
    same_as_once([](auto& s) {
      auto const done = ab::handle(spine::stream<account_event>(s, "b"), teller{}, deposit{40}, ab::snapshot_every(2));
      if (!done) FAIL(done.error());
      auto const loaded = ab::load<balance>(spine::stream<account_event>(s, "b"));
      REQUIRE(loaded);
      CHECK(loaded->state.cents == done->state.state.cents);
      return std::to_string(done->state.state.cents) + ' ' + std::to_string(done->attempts);
    });
  }
  SECTION("an append once") {
    same_as_once([](auto& s) {
      auto a = spine::stream<account_event>(s, "a");
      auto const first = ab::append_once(a, "key", deposited{1}), again = ab::append_once(a, "key", deposited{1});
      auto const by_content = ab::append_new(a, noted{"n"}), same = ab::append_new(a, noted{"n"});
      return std::vector{first->last.value, again->last.value, by_content->last.value, same->last.value};
    });
  }
  SECTION("projections that go along") {
    same_as_once([](auto& s) {
      auto b = spine::stream<account_event>(s, "b");
      REQUIRE(ab::commit(ab::inlined<balance>(b.write(deposited{3}, deposited{4}))));
      REQUIRE(ab::commit(ab::inlined<balance>(b.write(withdrawn{1}))));
      return ab::load_inlined<balance>(b)->state.cents;
    });
  }
  SECTION("a condition on what was appended") {
    same_as_once([](auto& s) {
      auto a = spine::stream<account_event>(s, "a");
      auto const none = ab::query(s).template of<withdrawn>();
      auto const first = ab::commit(ab::expect_none(none.after(s.last())), a.write(withdrawn{1}));
      auto const second = ab::commit(ab::expect_none(none.after(ab::position{1})), a.write(withdrawn{2}));
      CHECK(second.error() == ab::errc::event_exists);
      return first.has_value();
    });
  }
  SECTION("subscribers are told once") {
    same_as_once([](auto& s) {
      auto a = spine::stream<account_event>(s, "a");
      ab::hub hub(s);
      std::vector<std::string> told;
      auto const held =
          hub.subscribe([&](auto const&, auto const& info) { told.push_back(std::to_string(info.revision.value)); });
      REQUIRE(hub.append(a, deposited{1}, deposited{2}));
      return told;
    });
  }
}

}  // namespace
}  // namespace remote_tests
