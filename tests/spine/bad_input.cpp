// What a program may do wrong: each is an error that says what and where, or means what its documentation says; nothing
// that was acknowledged is lost by it.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace spine {
namespace {

using ab::errc;

template <class R>
void refuses(R const& r, errc kind, std::string_view where = {}) {
  REQUIRE(!r);
  INFO(r.error());
  CHECK(r.error() == kind);
  CHECK_FALSE(r.error().what.empty());
  CHECK_FALSE(r.error().advice.empty());
  if (!where.empty()) CHECK(r.error().where == where);
}

TEMPLATE_LIST_TEST_CASE("bad names are errors", "[R73][R29]", storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event>();
  auto t = kv<std::int64_t>(bank, "t");
  auto const megabyte = std::string(1'000'000, 'x');
  struct {
    std::string_view text;
    errc kind;
  } const bad[] = {{"", errc::invalid_name},
                   {"$", errc::reserved_name},
                   {"$snapshot", errc::reserved_name},
                   {megabyte, errc::invalid_name},
                   {std::string_view("a\0b", 3), errc::invalid_name},
                   {"a\nb", errc::invalid_name},
                   {"\xC3", errc::invalid_name}};
  for (auto const& [text, kind] : bad) {
    refuses(ab::name::parse(text), kind);
    refuses(t.get(text), kind);
    refuses(t.get_or(text, 0), kind);
    refuses(t.contains(text), kind);
    refuses(t.put(text, 1), kind);
    refuses(t.put_new(text, 1), kind);
    refuses(t.erase(text), kind);
    refuses(t.update(text, 0, [](std::int64_t n) { return n; }), kind);
    refuses(t.compare_and_swap(text, std::nullopt, 1), kind);
    refuses(ab::commit(bank.stream("a").write(deposited{1}), t.write(text, 1)), kind);
  }
  auto const e = ab::name::parse(megabyte).error();
  CHECK(e.compares);
  CHECK(e.expected == 512);
  CHECK(e.actual == 1'000'000);
  CHECK(bank.stream("a").last() == ab::revision{0});
  CHECK(t.keys()->empty());
  // The longest that there may be, and the oddest.
  for (auto const& text : {std::string(512, 'x'), std::string("a/b\\c:d*?\"<>|.. \xF0\x9F\x8C\x8A"), std::string(" "),
                           std::string("a$b")}) {
    auto const n = ab::name::parse(text);
    REQUIRE(n);
    REQUIRE(bank.stream(*n).append(deposited{7}));
    REQUIRE(t.put(text, 7));
    fixture.reopen(bank);
    t = kv<std::int64_t>(bank, "t");
    CHECK(fold<balance>(bank.stream(*n))->cents == 7);
    CHECK(*t.get(text) == 7);
  }
}

TEMPLATE_LIST_TEST_CASE("one name in two families", "[R73]", storages) {
  TestType fixture;
  auto s = fixture.template open<both_families, ab::global_order>();
  REQUIRE(stream<account_event>(s, "x").append(deposited{1}));
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    auto clash = stream<order_event>(s, "x");
    auto const refused = [](auto const& r) { refuses(r, errc::wrong_family, "x"); };
    refused(clash.append(ordered{1}));
    refused(clash.append(ordered{1}, ordered{2}));
    refused(clash.append_all(std::vector<ordered>(3)));
    refused(clash.append_all(std::vector<ordered>()));
    refused(clash.append(ab::no_stream, ordered{1}));
    refused(clash.append(ab::stream_exists, ordered{1}));
    for (std::int64_t n : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1}, INT64_MAX}) {
      refused(clash.append(ab::exact(n), ordered{1}));
      refused(clash.append(ab::expectation(ab::exact(n)), ordered{1}));
      refused(clash.truncate(ab::revision{n}));
    }
    for (std::int64_t n = -2; n < 3; ++n) refused(ab::commit(clash.expect(ab::exact(n))));
    refused(ab::commit(clash.expect(ab::any)));
    refused(ab::commit(clash.expect(ab::no_stream)));
    refused(ab::commit(clash.expect(ab::stream_exists)));
    refused(ab::commit(clash.expect(ab::expectation(ab::any))));
    refused(ab::commit(clash.expect(ab::expectation(ab::stream_exists))));
    refused(clash.read());
    refused(clash.read_backwards());
    refused(fold<counted>(clash));
    refused(fold<counted>(clash, ab::stored));
    refused(project<counted>(clash));
    refused(clash.resume(ab::folded<counted>{}));
    CHECK(clash.size() == 0);
    CHECK(stream<account_event>(s, "x").last() == ab::revision{1});
    CHECK(fold<counted>(s)->n == 1);
    // A second handle gives the same, and the first family is still at home.
    refused(stream<order_event>(s, "x").append(ordered{1}));
  }
  CHECK(stream<account_event>(s, "x").append(ab::exact(1), deposited{2}));
}

struct empty_event {
  friend bool operator==(empty_event, empty_event) = default;
};

TEMPLATE_LIST_TEST_CASE("a payload of no bytes, and of a hundred million", "[R73][R5]", storages) {
  TestType fixture;
  using event = ab::one_of<empty_event, noted>;
  auto s = fixture.template open<event>();
  auto a = s.stream("a");
  auto const size = std::size_t{100'000'000};
  REQUIRE(a.append(empty_event{}, noted{""}));
  REQUIRE(a.append(noted{std::string(size, 'x')}));
  REQUIRE(a.append(empty_event{}));
  REQUIRE(kv<empty_event>(s, "empty").put("k", {}));
  REQUIRE(kv<std::string>(s, "big").put("k", std::string(size / 10, 'y')));
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    a = s.stream("a");
    CHECK(a.last() == ab::revision{4});
    auto const events = *a.read(ab::from(2));
    REQUIRE(events.size() == 3);
    auto const first = events[0], big = events[1], last = events[2];
    CHECK(first.data == event(noted{""}));
    auto const* const text = big.data.template get_if<noted>();
    REQUIRE(text != nullptr);
    CHECK((text->text.size() == size && text->text.find_first_not_of('x') == std::string::npos));
    CHECK(last.data == event(empty_event{}));
    CHECK(kv<empty_event>(s, "empty").get("k")->has_value());
    CHECK(kv<std::string>(s, "big").get("k")->value().size() == size / 10);
  }
}

// A projection that does what a test tells it while it folds.
struct meddler {
  static inline std::function<void()> meddle;
  int n = 0;
  void apply(ab::others) {
    ++n;
    meddle();
  }
};

TEMPLATE_LIST_TEST_CASE("a commit from inside a fold", "[R73]", storages) {
  TestType fixture;
  auto s = fixture.template open<both_families, ab::global_order>();
  auto a = stream<account_event>(s, "a"), b = stream<account_event>(s, "b");
  auto t = kv<std::int64_t>(s, "t");
  for (int i = 0; i < 5; ++i) REQUIRE(a.append(deposited{i}));
  REQUIRE(b.append(deposited{1}));
  auto const a_is_as_it_was = [&] {
    CHECK(a.last() == ab::revision{5});
    CHECK(a.size() == 5);
  };

  SECTION("into the stream that is folded is refused, and nothing of it is done") {
    meddler::meddle = [&] {
      refuses(a.append(deposited{9}), errc::busy, "a");
      refuses(a.append(ab::exact(5), deposited{9}), errc::busy, "a");
      refuses(a.append(deposited{9}, deposited{9}), errc::busy, "a");
      refuses(a.append_all(std::vector<deposited>(100)), errc::busy, "a");
      refuses(a.truncate(ab::revision{3}), errc::busy, "a");
      refuses(ab::commit(b.write(deposited{9}), t.write("k", 9), a.write(deposited{9})), errc::busy, "a");
      CHECK(a.append(ab::exact(4), deposited{9}).error() == errc::wrong_revision);
      // Looking is allowed, at any depth.
      CHECK(a.last() == ab::revision{5});
      CHECK((*a.read()).size() == 5);
      CHECK(fold<counted>(a)->n == 5);
    };
    CHECK(fold<meddler>(a)->n == 5);
    CHECK(fold<meddler>(a, ab::from(3))->n == 3);
    CHECK(project<meddler>(a)->through == ab::revision{5});
    CHECK(b.last() == ab::revision{1});
    CHECK(s.last() == ab::position{6});
    CHECK_FALSE(*t.contains("k"));
    a_is_as_it_was();
  }
  SECTION("into another stream, or a table, is one like any other") {
    meddler::meddle = [&] {
      REQUIRE(ab::commit(b.write(deposited{9}), t.write("k", b.last().value)));
      REQUIRE(stream<order_event>(s, "new").append(ordered{1}, ordered{2}));
      REQUIRE(b.truncate(ab::revision{1}));
    };
    CHECK(fold<meddler>(a)->n == 5);
    a_is_as_it_was();
    CHECK(b.last() == ab::revision{6});
    CHECK(*t.get("k") == 5);
    CHECK(s.last() == ab::position{6 + 15});
  }
  SECTION("into any stream, from inside a fold of the whole store, is refused") {
    meddler::meddle = [&] {
      refuses(a.append(deposited{9}), errc::busy);
      refuses(b.append_all(std::vector<deposited>(9)), errc::busy);
      refuses(stream<order_event>(s, "new").append(ordered{1}), errc::busy);
      refuses(ab::commit(t.write("k", 9), b.write(deposited{9})), errc::busy);
      refuses(a.truncate(ab::revision{5}), errc::busy);
      refuses(b.truncate(ab::revision{1}), errc::busy);
      CHECK(s.read()->size() == 6);
      CHECK(fold<counted>(s)->n == 6);
    };
    CHECK(fold<meddler>(s)->n == 6);
    CHECK(fold<meddler>(s, ab::through(3))->n == 3);
    CHECK(project<meddler>(s)->through == ab::position{6});
    CHECK_FALSE(*t.contains("k"));
    CHECK(s.last() == ab::position{6});
    a_is_as_it_was();
  }
  // Afterwards all goes on.
  CHECK(a.append(deposited{6}));
  CHECK(a.truncate(ab::revision{2}));
  auto const lines = fold<journal>(s, ab::stored)->lines;
  fixture.reopen(s);
  CHECK(fold<journal>(s, ab::stored)->lines == lines);
}

struct one_thread {
  int held = 0;
  void lock() {
    CHECK(held == 0);  // a real one would hang here
    ++held;
  }
  void unlock() { --held; }
};

TEMPLATE_LIST_TEST_CASE("under a lock, a commit from inside any callback is refused, and looking isn't", "[R73][R26]",
                        storages) {
  TestType fixture, elsewhere;
  auto s = fixture.template open<account_event, ab::locked<one_thread>>();
  auto other = elsewhere.template open<account_event, ab::locked<one_thread>>();
  auto a = s.stream("a"), b = s.stream("b"), c = other.stream("c");
  auto t = kv<std::int64_t>(s, "t");
  REQUIRE(a.append(deposited{1}, deposited{2}));
  auto const meddle = [&] {
    refuses(a.append(deposited{9}), errc::busy);
    refuses(b.append(deposited{9}), errc::busy);
    refuses(b.append_all(std::vector<deposited>(3)), errc::busy);
    refuses(b.truncate(ab::revision{1}), errc::busy);
    refuses(t.put("k", 9), errc::busy);
    refuses(t.erase("k"), errc::busy);
    refuses(ab::commit(b.expect(ab::no_stream), t.write("k", 9)), errc::busy);
    CHECK(a.last() == ab::revision{2});
    CHECK((*a.read()).size() == 2);
    CHECK(fold<balance>(a)->cents == 3);
    CHECK_FALSE(*t.contains("k"));
    CHECK(s.stream("found inside").last() == ab::revision{0});
    CHECK(c.append(deposited{1}));  // another store's affair
  };
  meddler::meddle = meddle;
  CHECK(fold<meddler>(a)->n == 2);
  CHECK(c.size() == 2);
  int called = 0;
  CHECK(*t.update("n", 1, [&](std::int64_t n) {
    meddle();
    ++called;
    return n + 1;
  }) == 2);
  CHECK(called == 1);
  CHECK(b.last() == ab::revision{0});
  CHECK(b.append(deposited{1}));
  fixture.reopen(s);
  CHECK(s.stream("b").last() == ab::revision{1});
  CHECK(*kv<std::int64_t>(s, "t").get("n") == 2);
  CHECK_FALSE(*kv<std::int64_t>(s, "t").contains("k"));
}

TEMPLATE_LIST_TEST_CASE("numbers at their ends", "[R4][R24][R73]", storages) {
  TestType fixture;
  auto s = fixture.template open<both_families>();
  auto a = stream<account_event>(s, "a");
  REQUIRE(a.append(deposited{1}));
  auto const none = a.read(ab::after(ab::revision{INT64_MAX}));
  REQUIRE(none);
  CHECK(none->empty());
  CHECK(ab::revision{INT64_MIN}.previous() == ab::revision{INT64_MIN});
  auto const other = stream<order_event>(s, "a");
  for (auto const n : {INT64_MIN, INT64_MIN + 1, INT64_MAX}) {
    CHECK(ab::commit(other.expect(ab::exact(n))).error() == errc::wrong_family);
    CHECK(ab::commit(other.expect(ab::expectation(ab::exact(n)))).error() == errc::wrong_family);
  }
}

TEMPLATE_LIST_TEST_CASE("a stream of a reserved name is like any other", "[R17][R29]", storages) {
  TestType fixture;
  auto s = fixture.template open<account_event>();
  auto a = s.stream(*ab::name::reserved("mine"));
  REQUIRE(a.append(deposited{5}));
  REQUIRE(ab::snapshot<balance>(a));
  REQUIRE(ab::append_once(a, "k", deposited{6}));
  CHECK((*ab::load<balance>(a))->cents == 11);
  CHECK(s.template kv<std::int64_t>("t").get("$mine").error() == errc::reserved_name);
}

TEST_CASE("what a program prints can be printed", "[R73]") {
  std::ostringstream out;
  out << ab::revision{3} << ' ' << ab::timestamp{4} << ' ' << ab::error(errc::io, "what", "advice").message();
  CHECK(out.str() == "3 4 what; advice");
}

}  // namespace
}  // namespace spine
