// What is kept with every event beside its data: there on every storage, gone where it isn't asked for.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include "catch.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace metadata {
namespace {

using spine::account_event;
using spine::deposited;
using spine::withdrawn;

struct request {
  ab::trace<> trace;
  std::string user;
  friend bool operator==(request const&, request const&) = default;
};
request of(std::uint64_t n, std::string user) { return {{{{1}, n}, {{1}, n + 1}}, std::move(user)}; }

struct users {
  std::vector<std::string> all;
  void apply(deposited const&, auto const& i) { all.push_back(i.meta.user); }
  void apply(ab::others) { all.push_back("?"); }
};

TEMPLATE_LIST_TEST_CASE("metadata is read as it was appended", "[metadata][R1][R5]", spine::storages) {
  TestType fixture;
  auto s = fixture.template open<account_event, ab::metadata<request>, ab::manual_clock, ab::global_order>();
  auto a = s.stream("a");
  REQUIRE(a.append(ab::with(of(7, "ada")), deposited{1}, deposited{2}));
  REQUIRE(a.append(ab::exact(2), ab::at(ab::timestamp{5}), ab::with(of(8, "grace")), deposited{3}));
  REQUIRE(a.append(ab::with(of(9, std::string(1000, 'x'))), ab::at(ab::timestamp{6}), deposited{4}));
  REQUIRE(a.append(deposited{5}));
  REQUIRE(a.append_all(ab::with(of(10, "all")), std::vector<deposited>{{6}, {7}}));
  REQUIRE(ab::commit(a.write_all(ab::at(ab::timestamp{9}), ab::with(of(11, "")), std::vector<deposited>{{8}}),
                     s.stream("b").write(ab::with(of(12, "b")), withdrawn{9})));
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    a = s.stream("a");
    auto const events = a.read();
    REQUIRE(events);
    REQUIRE(events->size() == 8);
    CHECK((*events)[0].meta == of(7, "ada"));
    CHECK((*events)[1].meta == of(7, "ada"));
    CHECK((*events)[2].meta == of(8, "grace"));
    CHECK((*events)[2].at == ab::timestamp{5});
    CHECK((*events)[3].meta.user.size() == 1000);
    CHECK((*events)[4].meta == request{});
    CHECK((*events)[6].meta == of(10, "all"));
    CHECK((*events)[7].meta == of(11, ""));
    CHECK(a.template fold<users>()->all.at(2) == "grace");
    CHECK(s.template fold<users>()->all.size() == 9);
    CHECK((*s.read()).back().meta == of(12, "b"));
  }
}

struct deposit {
  std::int64_t cents;
};
struct cashier {
  using state = spine::balance;
  deposited decide(deposit const& c, state const&) const { return {c.cents}; }
};

TEMPLATE_LIST_TEST_CASE("the events of a command carry its metadata", "[metadata][decider][R1]", spine::storages) {
  TestType fixture;
  auto s = fixture.template open<account_event, ab::metadata<request>>();
  REQUIRE(ab::handle(s.stream("a"), cashier{}, deposit{1}, ab::with(of(1, "ada")), ab::retry(2)));
  REQUIRE(ab::handle(s.stream("a"), cashier{}, deposit{2}));
  fixture.reopen(s);
  auto const events = s.stream("a").read();
  REQUIRE(events);
  CHECK((*events)[0].meta == of(1, "ada"));
  CHECK((*events)[1].meta == request{});
}

TEST_CASE("a store made with other metadata is refused", "[metadata][R73]") {
  spine::on_file fixture;
  REQUIRE(fixture.open<account_event, ab::metadata<request>>().stream("a").append(deposited{1}));
  CHECK(spine::on_file::store<account_event>::open(fixture.path()).error() == ab::errc::wrong_format);
  CHECK(spine::on_file::store<account_event, ab::metadata<ab::trace<>>>::open(fixture.path()).error() ==
        ab::errc::wrong_format);
}

struct tiny {
  std::int32_t n = 0;
};
constexpr bool in_a_constant_expression() {
  ab::store<ab::one_of<tiny>, ab::policies<ab::metadata<tiny>>> s;
  auto a = s.stream("a");
  if (!a.append(ab::with(tiny{4}), tiny{1}) || !a.append(tiny{2})) return false;
  auto const events = a.read();
  return (*events)[0].meta.n == 4 && (*events)[1].meta.n == 0;
}
static_assert(in_a_constant_expression());

}  // namespace
}  // namespace metadata
