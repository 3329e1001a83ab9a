// What a catalog lists, on every storage.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <string>
#include <vector>

namespace spine {
namespace {

// "name first..last (stored) #family" for each stream, so that a whole listing is compared at once.
std::vector<std::string> lines(std::vector<ab::stream_entry> const& streams) {
  std::vector<std::string> all;
  for (auto const& s : streams) {
    all.push_back(std::string(s.name.view()) + ' ' + std::to_string(s.first.value) + ".." +
                  std::to_string(s.last.value) + " (" + std::to_string(s.stored) + ") #" + std::to_string(s.family));
  }
  return all;
}
using listing = std::vector<std::string>;

TEMPLATE_LIST_TEST_CASE("streams are listed from their marks, sorted", "[catalog][R28]", storages) {
  TestType fixture;
  auto shop = fixture.template open<both_families>();
  CHECK(ab::catalog(shop).streams().empty());
  CHECK(ab::catalog(shop).total_events() == 0);

  auto b = stream<account_event>(shop, "b");
  REQUIRE(b.append(deposited{1}, deposited{2}, noted{"x"}));
  REQUIRE(stream<account_event>(shop, "B").append(noted{""}));
  auto a = stream<order_event>(shop, "a/1");
  REQUIRE(a.append(ordered{1}, ordered{2}));
  REQUIRE(stream<account_event>(shop, "é").append(noted{""}));
  REQUIRE(b.truncate(ab::revision{2}));

  listing const expected{"B 1..1 (1) #0", "a/1 1..2 (2) #1", "b 3..3 (1) #0", "é 1..1 (1) #0"};
  CHECK(lines(ab::catalog(shop).streams()) == expected);
  CHECK(ab::catalog(shop).total_events() == 7);
  STATIC_REQUIRE(decltype(ab::catalog(shop))::template family<order_event> == 1);

  fixture.reopen(shop);
  CHECK(lines(ab::catalog(shop).streams()) == expected);
  CHECK(ab::catalog(shop).total_events() == 7);
}

TEMPLATE_LIST_TEST_CASE("a fully compacted stream still lists", "[catalog][R28][R3]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  REQUIRE(bank.stream("a").append(deposited{1}, deposited{2}));
  REQUIRE(bank.stream("a").truncate(ab::revision{9}));
  for (int i = 0; i < 2; ++i) {
    CHECK(lines(ab::catalog(bank).streams()) == listing{"a 3..2 (0) #0"});
    CHECK(ab::catalog(bank).total_events() == 2);
    fixture.reopen(bank);
  }
  REQUIRE(bank.stream("a").append(deposited{3}));
  CHECK(lines(ab::catalog(bank).streams()) == listing{"a 3..3 (1) #0"});
}

TEMPLATE_LIST_TEST_CASE("a handle to what was never written lists nothing", "[catalog][R28]", storages) {
  TestType fixture;
  auto shop = fixture.template open<both_families>();
  auto a = stream<account_event>(shop, "a");
  CHECK(a.size() == 0);
  CHECK(!a.append(ab::exact(7), deposited{1}));
  CHECK(!ab::commit(a.write(deposited{1}), kv<int>(shop, "t").write("", 1)));
  CHECK(a.append_all(std::vector<deposited>{}));
  CHECK(a.truncate(ab::revision{3}));
  CHECK(!*kv<int>(shop, "t").contains("x"));
  CHECK(ab::catalog(shop).streams().empty());
  CHECK(ab::catalog(shop).tables().empty());

  // Nor does a handle of the wrong family list its name twice.
  REQUIRE(a.append(deposited{1}));
  CHECK(!stream<order_event>(shop, "a").append(ordered{1}));
  for (int i = 0; i < 2; ++i) {
    CHECK(lines(ab::catalog(shop).streams()) == listing{"a 1..1 (1) #0"});
    fixture.reopen(shop);
  }
}

TEMPLATE_LIST_TEST_CASE("a catalog says whether a stream ever had an event", "[catalog][R28]", storages) {
  TestType fixture;
  auto shop = fixture.template open<both_families>();
  auto const has = [&](std::string_view n) { return ab::catalog(shop).contains(*ab::name::parse(n)); };
  CHECK(!has("a"));

  auto a = stream<account_event>(shop, "a");
  auto b = stream<order_event>(shop, "b/1");
  CHECK(!a.append(ab::exact(7), deposited{1}));
  CHECK(!has("a"));  // a handle, and what was refused, are no event
  REQUIRE(a.append(deposited{1}));
  REQUIRE(b.append(ordered{1}));
  REQUIRE(b.truncate(ab::revision{1}));
  REQUIRE(kv<int>(shop, "t").put("x", 1));
  for (int i = 0; i < 2; ++i) {
    CHECK(has("a"));
    CHECK(has("b/1"));  // though all of its events are truncated
    CHECK(!has("b"));
    CHECK(!has("A"));
    CHECK(!has("t"));
    fixture.reopen(shop);
  }
}

TEMPLATE_LIST_TEST_CASE("a store of values alone lists no stream", "[catalog][R28][R10]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  REQUIRE(kv<int>(bank, "colours").put("red", 1));
  REQUIRE(kv<int>(bank, "colours").put("blue", 2));
  REQUIRE(kv<std::string>(bank, "Names").put("x", "y"));
  REQUIRE(kv<int>(bank, "emptied").put("x", 1));
  REQUIRE(kv<int>(bank, "emptied").erase("x"));
  for (int i = 0; i < 2; ++i) {
    CHECK(ab::catalog(bank).streams().empty());
    CHECK(ab::catalog(bank).streams(ab::with_reserved).empty());
    CHECK(ab::catalog(bank).total_events(ab::with_reserved) == 0);
    auto const tables = ab::catalog(bank).tables();
    REQUIRE(tables.size() == 2);
    CHECK(tables[0] == ab::table_entry{"Names", 1});
    CHECK(tables[1] == ab::table_entry{"colours", 2});
    fixture.reopen(bank);
  }
}

TEMPLATE_LIST_TEST_CASE("reserved names are hidden unless asked for", "[catalog][R29]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  REQUIRE(bank.stream("a").append(deposited{1}));
  REQUIRE(bank.stream(*ab::name::reserved("audit")).append(noted{"a"}, noted{"b"}));
  REQUIRE(ab::append_once(bank.stream("a"), "key", deposited{2}));  // keeps its marks in a reserved table
  for (int i = 0; i < 2; ++i) {
    auto const c = ab::catalog(bank);
    CHECK(lines(c.streams()) == listing{"a 1..2 (2) #0"});
    CHECK(lines(c.streams(ab::with_reserved)) == listing{"$audit 1..2 (2) #0", "a 1..2 (2) #0"});
    CHECK(c.total_events() == 2);
    CHECK(c.total_events(ab::with_reserved) == 4);
    CHECK(c.tables().empty());
    REQUIRE(c.tables(ab::with_reserved).size() == 1);
    CHECK(c.tables(ab::with_reserved)[0].name.view() == "$once/a");
    fixture.reopen(bank);
  }
}

TEMPLATE_LIST_TEST_CASE("revisions that count from nought are marks too", "[catalog][R28][R2]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::revisions_from<0>>();
  bank.stream("none");
  REQUIRE(bank.stream("a").append(deposited{1}));
  CHECK(lines(ab::catalog(bank).streams()) == listing{"a 0..0 (1) #0"});
  CHECK(ab::catalog(bank).total_events() == 1);
}

}  // namespace
}  // namespace spine
