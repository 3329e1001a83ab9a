// Commits of many operations: all of them or none, whatever fails and wherever.
#include "spine/events.hpp"
#include "spine/observed.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace spine {
namespace {

using ab::errc;

TEMPLATE_LIST_TEST_CASE("one commit over streams, families and tables", "[R9]", storages) {
  TestType fixture;
  auto s = busy_store(fixture);
  auto a = stream<account_event>(s, "a"), b = stream<account_event>(s, "b");
  auto orders = stream<order_event>(s, "orders");
  auto t = kv<std::int64_t>(s, "t");
  std::vector<account_event> const batch{deposited{7}, withdrawn{8}};
  auto const r = ab::commit(a.expect(ab::exact(3)), b.expect(ab::no_stream), orders.expect(ab::stream_exists),
                            t.expect("k", 1), t.expect("new", std::nullopt), a.write(withdrawn{4}), b.write_all(batch),
                            orders.write(ordered{2}), a.write(noted{"five"}), t.write("k", 2), t.write_new("new", 3),
                            t.write_erasure("absent"), a.write_truncation(ab::revision{3}));
  REQUIRE(r);
  // What the operations that write gave out, in their order.
  auto const& [a4, b2, o2, a5, k, fresh, absent, oldest] = *r;
  CHECK(a4.revision() == ab::revision{4});
  CHECK(a4.position == ab::position{5});
  CHECK(b2.first == ab::revision{1});
  CHECK(b2.last == ab::revision{2});
  CHECK(b2.position == ab::position{7});
  CHECK(o2.position == ab::position{8});
  CHECK(a5.revision() == ab::revision{5});
  CHECK(a5.position == ab::position{9});
  CHECK(k == 2);
  CHECK(fresh == 3);
  CHECK_FALSE(absent);
  CHECK(oldest == ab::revision{4});
  auto const expected = std::vector<std::string>{"orders@1 t3 p4 #1",
                                                 "a@4 t4 p5 -4",
                                                 "b@1 t5 p6 +7",
                                                 "b@2 t6 p7 -8",
                                                 "orders@2 t7 p8 #2",
                                                 "a@5 t8 p9 five",
                                                 "last 9",
                                                 "a 4 5 2",
                                                 "read a@4 t4 p5 -4",
                                                 "read a@5 t8 p9 five",
                                                 "b 1 2 2",
                                                 "read b@1 t5 p6 +7",
                                                 "read b@2 t6 p7 -8",
                                                 "orders 1 2 2",
                                                 "read orders@1 t3 p4 #1",
                                                 "read orders@2 t7 p8 #2",
                                                 "k=2",
                                                 "new=3"};
  CHECK(observed(s) == expected);
  fixture.reopen(s);
  CHECK(observed(s) == expected);
}

// Each of these refuses one commit; put at any place among the writes, it refuses all of them.
template <class Store, class F>
void each_refusal(Store& s, F const& f) {
  auto a = stream<account_event>(s, "a"), b = stream<account_event>(s, "b");
  auto t = kv<std::int64_t>(s, "t");
  auto clash = stream<account_event>(s, "orders");
  auto wrong_table = kv<std::string>(s, "t");
  f("exact", errc::wrong_revision, [&] { return a.expect(ab::exact(2)); });
  f("no_stream", errc::stream_exists, [&] { return a.expect(ab::no_stream); });
  f("stream_exists", errc::no_such_stream, [&] { return b.expect(ab::stream_exists); });
  f("a value", errc::value_mismatch, [&] { return t.expect("k", 2); });
  f("an absent key", errc::value_mismatch, [&] { return t.expect("k", std::nullopt); });
  f("put_new", errc::key_exists, [&] { return t.write_new("k", 9); });
  f("a bad key", errc::invalid_name, [&] { return t.write("", 9); });
  f("a reserved key", errc::reserved_name, [&] { return t.write_erasure("$k"); });
  f("a stream of another family", errc::wrong_family, [&] { return clash.write(deposited{9}); });
  f("an expectation of one", errc::wrong_family, [&] { return clash.expect(ab::stream_exists); });
  f("a truncation of one", errc::wrong_family, [&] { return clash.write_truncation(ab::revision{1}); });
  f("a table of another type", errc::wrong_type, [&] { return wrong_table.write("k", "x"); });
}

TEMPLATE_LIST_TEST_CASE("what one operation refuses, none of them does", "[R9][R24]", storages) {
  TestType fixture;
  auto s = busy_store(fixture);
  auto const before = observed(s);
  each_refusal(s, [&](char const* what, errc kind, auto const& bad) {
    INFO(what);
    auto a = stream<account_event>(s, "a"), b = stream<account_event>(s, "b");
    auto orders = stream<order_event>(s, "orders");
    auto t = kv<std::int64_t>(s, "t");
    auto const refused = [&](auto const& r) {
      REQUIRE(!r);
      CHECK(r.error() == kind);
      CHECK(observed(s) == before);
    };
    refused(ab::commit(bad()));
    refused(ab::commit(bad(), a.write(deposited{9}), t.write("k", 9), b.write(deposited{9})));
    refused(ab::commit(a.write(deposited{9}), b.write(deposited{9}), bad(), orders.write(ordered{9})));
    refused(
        ab::commit(t.write("k", 9), t.write("l", 9), t.write_erasure("k"), a.write_truncation(ab::revision{3}), bad()));
  });
  fixture.reopen(s);
  CHECK(observed(s) == before);
}

// An event that throws when it is copied while armed: moving it doesn't, so it is the batch that is copied that throws.
struct fragile {
  std::int64_t n = 0;
  static inline std::int64_t breaks_at = -1;

  fragile() = default;
  explicit fragile(std::int64_t i) : n(i) {}
  fragile(fragile&&) noexcept = default;
  fragile& operator=(fragile&&) noexcept = default;
  fragile(fragile const& o) : n(o.n) {
    if (n == breaks_at) throw std::runtime_error("a copy failed");
  }
  fragile& operator=(fragile const& o) { return *this = fragile(o); }
  static constexpr auto fields() { return ab::fields(&fragile::n); }
};
using fragile_event = ab::one_of<fragile, deposited>;

// A range that gives its events one by one, and throws on the way.
struct throwing_range {
  std::vector<deposited> events;
  std::size_t throws_at;
  struct iterator {
    throwing_range const* r;
    std::size_t i;
    deposited const& operator*() const {
      if (i == r->throws_at) throw std::runtime_error("reading the range failed");
      return r->events[i];
    }
    iterator& operator++() { return ++i, *this; }
    bool operator==(iterator const&) const = default;
  };
  iterator begin() const { return {this, 0}; }
  iterator end() const { return {this, events.size()}; }
  std::size_t size() const { return events.size(); }
};

TEMPLATE_LIST_TEST_CASE("a callback or a copy that throws leaves the store as it was", "[R9]", storages) {
  TestType fixture;
  auto s = fixture.template open<ab::families<fragile_event, order_event>, ab::global_order, ab::manual_clock>();
  auto a = stream<fragile_event>(s, "a"), b = stream<fragile_event>(s, "b");
  auto t = kv<std::int64_t>(s, "t");
  fragile::breaks_at = -1;
  REQUIRE(a.append(fragile(1), deposited{2}));
  REQUIRE(t.put("k", 1));
  std::vector<fragile> batch;
  for (int i = 3; i < 9; ++i) batch.emplace_back(i);

  auto const sees_nothing = [&] {
    fragile::breaks_at = -1;
    CHECK(a.last() == ab::revision{2});
    CHECK(b.last() == ab::revision{0});
    CHECK(s.last() == ab::position{2});
    CHECK(fold<counted>(s)->n == 2);
    CHECK(*t.get("k") == 1);
    CHECK(t.keys()->size() == 1);
  };
  for (std::int64_t breaks_at = 3; breaks_at < 9; ++breaks_at) {
    INFO("at " << breaks_at);
    fragile::breaks_at = breaks_at;
    if constexpr (!TestType::durable) {  // a storage of bytes encodes, and copies nothing
      CHECK_THROWS_AS(a.append_all(batch), std::runtime_error);
      sees_nothing();
      fragile::breaks_at = breaks_at;
      CHECK_THROWS_AS(ab::commit(b.write(deposited{1}), t.write("k", 2), a.write(deposited{1}), t.write("l", 3),
                                 a.write_all(batch)),
                      std::runtime_error);
      sees_nothing();
    }
    throwing_range const range{std::vector<deposited>(9, deposited{1}), static_cast<std::size_t>(breaks_at)};
    CHECK_THROWS_AS(a.append_all(range), std::runtime_error);
    CHECK_THROWS_AS(ab::commit(b.write(deposited{1}), t.write("k", 2), t.write_erasure("k"), b.write_all(range)),
                    std::runtime_error);
    sees_nothing();
    CHECK_THROWS_AS(ab::commit(a.write(deposited{1}), b.write_all(std::vector<deposited>(4)),
                               t.write("k", []() -> std::int64_t { throw std::runtime_error("no value"); })),
                    std::runtime_error);
    sees_nothing();
  }
  // The next ones go through, and have the numbers that those gave back.
  CHECK(a.append_all(batch)->position == ab::position{8});
  CHECK(b.append(deposited{1})->position == ab::position{9});
  fixture.reopen(s);
  CHECK(fold<counted>(s)->n == 9);
  CHECK(s.last() == ab::position{9});
}

TEMPLATE_LIST_TEST_CASE("a truncation in a commit reaches as far as the stream does where it stands", "[R9][R4]",
                        storages) {
  TestType fixture;
  auto s = busy_store(fixture);
  auto a = stream<account_event>(s, "a"), b = stream<account_event>(s, "b");
  auto const all = ab::revision{INT64_MAX};
  auto const r = ab::commit(a.write(deposited{4}), a.write_truncation(all), a.write(deposited{5}),
                            b.write_truncation(all), b.write(deposited{1}));
  REQUIRE(r);
  CHECK(std::get<1>(*r) == ab::revision{5});
  for (int again = 0; again < 2; ++again, fixture.reopen(s)) {
    a = stream<account_event>(s, "a");
    b = stream<account_event>(s, "b");
    CHECK(read_all(a).lines == std::vector<std::string>{"a@5 t5 p6 +5"});
    CHECK(read_all(b).lines == std::vector<std::string>{"b@1 t6 p7 +1"});
    CHECK(fold<counted>(s, ab::stored)->n == 3);
  }
}

TEMPLATE_LIST_TEST_CASE("one commit is of one store", "[R9]", storages) {
  TestType one, two;
  auto s = one.template open<account_event>();
  auto other = two.template open<account_event>();
  auto a = s.stream("a"), b = other.stream("b");
  CHECK(ab::commit(a.write(deposited{1}), b.write(deposited{1})).error() == errc::different_stores);
  CHECK(ab::commit(kv<std::int64_t>(s, "t").write("k", 1), b.expect(ab::any)).error() == errc::different_stores);
  CHECK(a.size() + b.size() == 0);
}

}  // namespace
}  // namespace spine
