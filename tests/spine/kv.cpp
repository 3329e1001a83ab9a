// Key-values: each call, against the definition of it, and beside the streams.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace spine {
namespace {

using ab::errc;

std::vector<std::string> texts(std::vector<ab::name> const& names) {
  std::vector<std::string> all;
  for (auto const& n : names) all.emplace_back(n.view());
  return all;
}

TEMPLATE_LIST_TEST_CASE("put, get, erase, contains, keys", "[R10]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto settings = kv<std::string>(bank, "settings");

  // An absent key reads as empty, and so does a table that nobody wrote to.
  CHECK(settings.get("colour")->has_value() == false);
  CHECK(*settings.contains("colour") == false);
  CHECK(settings.keys()->empty());
  CHECK(*settings.erase("colour") == false);

  CHECK(*settings.put("colour", "red") == "red");
  CHECK(*settings.put("size", "") == "");
  CHECK(*settings.get("colour") == "red");
  CHECK(*settings.get("size") == "");
  CHECK(*settings.contains("size"));
  CHECK(*settings.put("colour", "blue") == "blue");
  CHECK(*settings.get("colour") == "blue");
  CHECK(texts(*settings.keys()) == std::vector<std::string>{"colour", "size"});

  fixture.reopen(bank);
  settings = kv<std::string>(bank, "settings");
  CHECK(*settings.get("colour") == "blue");
  CHECK(*settings.get("size") == "");
  CHECK(*settings.erase("colour") == true);
  CHECK(*settings.erase("colour") == false);
  CHECK(*settings.contains("colour") == false);

  fixture.reopen(bank);
  settings = kv<std::string>(bank, "settings");
  CHECK(settings.get("colour")->has_value() == false);
  CHECK(texts(*settings.keys()) == std::vector<std::string>{"size"});
  // A removed key comes back like a new one.
  CHECK(*settings.put_new("colour", "green") == "green");
  CHECK(*settings.get("colour") == "green");
}

TEMPLATE_LIST_TEST_CASE("keys are sorted bytewise and tables are apart", "[R10]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto one = kv<std::int64_t>(bank, "one"), two = kv<std::int64_t>(bank, "two");
  std::vector<std::string> const expected{"A",  "B", "a",        "a b",          "a/b",
                                          "aa", "b", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x8C\x8A"};
  for (auto i = expected.rbegin(); i != expected.rend(); ++i) REQUIRE(one.put(*i, expected.rend() - i));
  REQUIRE(two.put("a", -1));
  CHECK(texts(*one.keys()) == expected);
  CHECK(texts(*two.keys()) == std::vector<std::string>{"a"});
  CHECK(*two.erase("a"));
  CHECK(*one.contains("a"));
  fixture.reopen(bank);
  CHECK(texts(*kv<std::int64_t>(bank, "one").keys()) == expected);
  CHECK(kv<std::int64_t>(bank, "two").keys()->empty());
}

TEMPLATE_LIST_TEST_CASE("key-values never touch the log", "[R10]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::global_order, ab::manual_clock>();
  auto a = bank.stream("a");
  REQUIRE(a.append(deposited{1}));
  auto const before = *fold<journal>(bank);
  auto t = kv<std::int64_t>(bank, "a");  // a table may have a stream's name: they are different things
  REQUIRE(t.put("a", 1));
  REQUIRE(t.update("a", 0, [](std::int64_t n) { return n + 1; }));
  REQUIRE(t.erase("a"));
  CHECK(t.put_new("b", 1));
  for (int again = 0; again < 2; ++again, fixture.reopen(bank)) {
    a = bank.stream("a");
    CHECK(bank.last() == ab::position{1});
    CHECK(a.last() == ab::revision{1});
    CHECK(a.size() == 1);
    CHECK(*fold<journal>(bank) == before);
    // Nor do they take any of its time.
    REQUIRE(a.truncate(ab::revision{0}));
  }
  CHECK(bank.stream("a").append(deposited{2})->at == ab::timestamp{1});
}

TEMPLATE_LIST_TEST_CASE("get_or and update", "[R11]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto t = kv<std::int64_t>(bank, "numbers");
  CHECK(*t.get_or("n", 7) == 7);
  CHECK_FALSE(*t.contains("n"));
  auto const twice = [](std::int64_t n) { return 2 * n; };
  CHECK(*t.update("n", 5, twice) == 10);
  CHECK(*t.update("n", 5, twice) == 20);
  CHECK(*t.get_or("n", 7) == 20);
  fixture.reopen(bank);
  t = kv<std::int64_t>(bank, "numbers");
  CHECK(*t.get("n") == 20);
  // A callback that throws leaves everything as it was.
  CHECK_THROWS_AS(t.update("n", 5, [](std::int64_t) -> std::int64_t { throw std::runtime_error("no"); }),
                  std::runtime_error);
  CHECK_THROWS_AS(t.update("m", 5, [](std::int64_t) -> std::int64_t { throw std::runtime_error("no"); }),
                  std::runtime_error);
  CHECK(*t.get("n") == 20);
  CHECK_FALSE(*t.contains("m"));
  CHECK(*t.update("n", 5, twice) == 40);
}

TEMPLATE_LIST_TEST_CASE("compare-and-swap, and put_new", "[R11]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto t = kv<std::string>(bank, "leases");
  auto const mismatch = [&](ab::result<std::string> const& r, errc kind) {
    REQUIRE(!r);
    CHECK(r.error() == kind);
    CHECK(r.error().where == "leases / door");
  };
  // An empty expectation matches an absent key, and only that.
  mismatch(t.compare_and_swap("door", "ann", "bob"), errc::value_mismatch);
  CHECK_FALSE(*t.contains("door"));
  CHECK(*t.compare_and_swap("door", std::nullopt, "ann") == "ann");
  mismatch(t.compare_and_swap("door", std::nullopt, "bob"), errc::value_mismatch);
  mismatch(t.compare_and_swap("door", "eve", "bob"), errc::value_mismatch);
  mismatch(t.compare_and_swap("door", "", "bob"), errc::value_mismatch);
  CHECK(*t.get("door") == "ann");
  CHECK(*t.compare_and_swap("door", "ann", "bob") == "bob");

  mismatch(t.put_new("door", "carl"), errc::key_exists);
  fixture.reopen(bank);
  t = kv<std::string>(bank, "leases");
  CHECK(*t.get("door") == "bob");
  mismatch(t.put_new("door", "carl"), errc::key_exists);
  CHECK(*t.erase("door"));
  CHECK(*t.put_new("door", "carl") == "carl");
}

TEMPLATE_LIST_TEST_CASE("operations on keys see what the same commit did before them", "[R9][R11]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto t = kv<std::int64_t>(bank, "t");
  auto a = bank.stream("a");
  auto const r =
      ab::commit(t.write("k", 1), t.write_erasure("k"), t.write("k", 2), t.write("k", 3), t.write_erasure("absent"));
  REQUIRE(r);
  CHECK(*r == std::tuple<std::int64_t, bool, std::int64_t, std::int64_t, bool>{1, true, 2, 3, false});
  CHECK(*t.get("k") == 3);

  // The revision that an append of the same commit gives; checks see the store as it was before.
  auto cursors = kv<ab::revision>(bank, "cursors");
  REQUIRE(ab::commit(a.expect(ab::no_stream), cursors.write("before", a.revision_here()),
                     a.write(deposited{1}, deposited{2}), cursors.write("between", a.revision_here()),
                     a.write(deposited{3}), cursors.write("after", a.revision_here()),
                     cursors.expect("after", std::nullopt)));
  fixture.reopen(bank);
  cursors = kv<ab::revision>(bank, "cursors");
  CHECK(*cursors.get("before") == ab::revision{0});
  CHECK(*cursors.get("between") == ab::revision{2});
  CHECK(*cursors.get("after") == ab::revision{3});
  CHECK(*kv<std::int64_t>(bank, "t").get("k") == 3);

  // Undone from the last to the first: the value from before all of them is back.
  t = kv<std::int64_t>(bank, "t");
  a = bank.stream("a");
  for (int again = 0; again < 2; ++again) {
    CHECK_THROWS_AS(
        ab::commit(t.write("k", 10), t.write_erasure("k"), t.write("new", 1), t.write("k", 11), t.write("k", 12),
                   cursors.write("after", []() -> ab::revision { throw std::runtime_error("no"); })),
        std::runtime_error);
    CHECK(*t.get("k") == 3);
    CHECK_FALSE(*t.contains("new"));
    CHECK(*cursors.get("after") == ab::revision{3});
    fixture.reopen(bank);
    t = kv<std::int64_t>(bank, "t");
    cursors = kv<ab::revision>(bank, "cursors");
  }
}

TEMPLATE_LIST_TEST_CASE("a table is of one type", "[R10][R73]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto numbers = kv<std::int64_t>(bank, "t");
  auto const other = [&] {
    auto texts_in_it = kv<std::string>(bank, "t");
    auto const refused = [](auto const& r) {
      REQUIRE(!r);
      CHECK(r.error() == errc::wrong_type);
      CHECK(r.error().where == "t");
    };
    refused(texts_in_it.get("k"));
    refused(texts_in_it.get_or("k", ""));
    refused(texts_in_it.contains("k"));
    refused(texts_in_it.keys());
    refused(texts_in_it.put("k", "x"));
    refused(texts_in_it.put_new("k", "x"));
    refused(texts_in_it.erase("k"));
    refused(texts_in_it.update("k", "x", [](std::string const& s) { return s; }));
    refused(texts_in_it.compare_and_swap("k", std::nullopt, "x"));
    refused(ab::commit(numbers.write("k", 9), texts_in_it.write("k", "x")));
    refused(ab::commit(texts_in_it.write("k", "x"), numbers.write("k", 9)));
    refused(ab::commit(bank.stream("a").write(deposited{1}), texts_in_it.write_erasure("k")));
    refused(ab::commit(bank.stream("a").expect(ab::exact(99)), texts_in_it.write_erasure("k")));
  };
  SECTION("also before anything was written") {
    other();
    CHECK(*numbers.put("k", 1) == 1);
    fixture.reopen(bank);
    CHECK(*kv<std::int64_t>(bank, "t").get("k") == 1);
  }
  SECTION("with values in it") {
    REQUIRE(numbers.put("k", 1));
    other();
    fixture.reopen(bank);
    numbers = kv<std::int64_t>(bank, "t");
    other();
    CHECK(*numbers.get("k") == 1);
    CHECK(bank.stream("a").size() == 0);
  }
}

TEMPLATE_LIST_TEST_CASE("many keys come and go", "[R10]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto t = kv<std::int64_t>(bank, "t");
  auto const key = [](std::int64_t i) { return "key " + std::to_string(i); };
  for (std::int64_t i = 0; i < 2000; ++i) {
    REQUIRE(t.put(key(i), i));
    if (i >= 100) REQUIRE(*t.erase(key(i - 100)));
  }
  fixture.reopen(bank);
  t = kv<std::int64_t>(bank, "t");
  CHECK(t.keys()->size() == 100);
  for (std::int64_t i = 0; i < 2000; ++i) REQUIRE(*t.get(key(i)) == (i < 1900 ? std::nullopt : std::optional(i)));
}

}  // namespace
}  // namespace spine
