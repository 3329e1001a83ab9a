// The caller's own code runs inside a commit: what it does to the store meanwhile is refused, and nothing is mixed up.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include "catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace spine {
namespace {

using ab::errc;

// A range whose reading runs the caller's code.
template <class F>
struct meddling_range {
  F const* meddle;

  struct iterator {
    F const* meddle;
    int at;
    deposited operator*() const {
      (*meddle)();
      return {at};
    }
    iterator& operator++() {
      ++at;
      return *this;
    }
    friend bool operator==(iterator const& a, iterator const& b) { return a.at == b.at; }
    friend bool operator!=(iterator const& a, iterator const& b) { return a.at != b.at; }
  };
  iterator begin() const { return {meddle, 0}; }
  iterator end() const { return {meddle, 3}; }
  std::size_t size() const { return 3; }
};

TEMPLATE_LIST_TEST_CASE("a commit from inside a commit is refused, and mixes nothing up", "[R9][R73]", storages) {
  TestType fixture;
  auto s = fixture.template open<account_event>();
  auto a = s.stream("a"), b = s.stream("b");
  auto t = s.template kv<std::int64_t>("t");
  REQUIRE(a.append(deposited{1}));
  std::optional<errc> said[6];
  auto const meddle = [&] {
    said[0] = a.append(deposited{9}).error().code;
    said[1] = b.append(deposited{9}).error().code;
    said[2] = t.put("k", 9).error().code;
    said[3] = a.truncate(ab::revision{1}).error().code;
    auto const folded = a.template fold<balance>();
    auto const read = a.read();
    said[4] = folded ? errc{} : folded.error().code;
    said[5] = read ? errc{} : read.error().code;
    return std::int64_t{3};
  };
  auto const writes_refused = [&] { return std::all_of(said, said + 4, [](auto one) { return one == errc::busy; }); };
  // What is staged can be seen in memory, and not yet be read from files.
  auto const reads_told = [&](bool staged) {
    auto const wanted = staged && TestType::durable ? errc::busy : errc{};
    return said[4] == wanted && said[5] == wanted;
  };

  SECTION("a value that is made in a commit which goes through") {
    REQUIRE(ab::commit(a.write(deposited{2}), t.write("k", meddle)));
    CHECK((writes_refused() && reads_told(true)));
    CHECK(*t.get_or("k", 0) == 3);
    CHECK(a.size() == 2);
  }
  SECTION("a value that is made in a commit which is refused") {
    CHECK(ab::commit(a.write(deposited{2}), b.write(deposited{2}), t.write("k", meddle), t.write_new("k", 4)).error() ==
          errc::key_exists);
    CHECK((writes_refused() && reads_told(true)));
    CHECK_FALSE(*t.contains("k"));
    CHECK(a.size() == 1);
  }
  SECTION("an update") {
    REQUIRE(t.update("k", 0, [&](std::int64_t) { return meddle(); }));
    CHECK((writes_refused() && reads_told(false)));
    CHECK(a.size() == 1);
  }
  SECTION("a range") {
    REQUIRE(a.append_all(meddling_range<decltype(meddle)>{&meddle}));
    CHECK((writes_refused() && reads_told(true)));
    CHECK(a.size() == 4);
  }
  SECTION("by an exception") {
    auto const throws = [&]() -> std::int64_t {
      (void)meddle();
      throw 1;
    };
    CHECK_THROWS_AS(ab::commit(a.write(deposited{2}), t.write("k", throws)), int);
    CHECK((writes_refused() && reads_told(true)));
    CHECK(a.size() == 1);
  }

  // It goes on as if nothing had been, and so it is kept.
  auto const before = a.template fold<balance>()->cents;
  REQUIRE(a.append(deposited{100}));
  REQUIRE(b.append(ab::no_stream, deposited{1}));
  fixture.reopen(s);
  CHECK(s.stream("a").template fold<balance>()->cents == before + 100);
  CHECK(s.stream("b").size() == 1);
}

}  // namespace
}  // namespace spine
