// What only a store on disk can meet: a second writer, a program that has changed, files that are something else.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace spine {
namespace {

using ab::errc;
template <class Families, class... Policies>
using file_store = on_file::store<Families, Policies...>;

// What `f` gives in a process of its own.
template <class F>
int in_another_process(F const& f) {
  auto const child = ::fork();
  if (child == 0) ::_exit(f());
  int status = -1;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_CASE("a second writer is refused, and the first goes on", "[R73][R26][R74]") {
  on_file fixture;
  auto bank = fixture.open<account_event>();
  REQUIRE(bank.stream("a").append(deposited{1}));
  auto const second = [&] {
    auto const r = file_store<account_event>::open(fixture.path());
    return r ? 100 : static_cast<int>(r.error().code);
  };
  CHECK(second() == static_cast<int>(errc::locked));
  CHECK(in_another_process(second) == static_cast<int>(errc::locked));
  auto const e = file_store<account_event>::open(fixture.path()).error();
  CHECK(e.where.view().find(fixture.path()) != std::string_view::npos);
  CHECK_FALSE(e.advice.empty());
  CHECK(bank.stream("a").append(ab::exact(1), deposited{2}));

  // Many may read: what was written before they opened it.
  auto const reads = [&] {
    ab::file::log_options reading;
    reading.mode = ab::file::open_mode::read;
    auto r = file_store<account_event>::open(fixture.path(), reading);
    if (!r) return 100;
    if (r->stream("a").append(deposited{9}).error() != errc::invalid_argument) return 101;
    if (r->kv<std::int64_t>("t").put("k", 1).error() != errc::invalid_argument) return 102;
    return static_cast<int>(r->stream("a").fold<balance>()->cents);
  };
  CHECK(reads() == 3);
  CHECK(in_another_process(reads) == 3);
  CHECK(bank.stream("a").append(ab::exact(2), deposited{3}));
  CHECK(reads() == 6);

  // Once the first is gone, the next has its turn.
  { auto const closed = std::move(bank); }
  CHECK(in_another_process([&] {
          auto s = file_store<account_event>::open(fixture.path());
          return s && s->stream("a").append(ab::exact(3), deposited{4}) ? 0 : 1;
        }) == 0);
  auto again = file_store<account_event>::open(fixture.path());
  REQUIRE(again);
  CHECK(again->stream("a").last() == ab::revision{4});
}

// The same stored name with other fields, and with another version.
namespace reshaped {
struct deposited {
  std::string cents;
};
}  // namespace reshaped
namespace versioned {
struct deposited {
  static constexpr ab::definition definition{"deposited", 2};
  std::int64_t cents = 0;
};
}  // namespace versioned

struct added {};

template <class Store>
void opens_as(std::string const& path, errc kind, std::string_view where = {}) {
  auto const s = Store::open(path);
  REQUIRE(!s);
  INFO(s.error());
  CHECK(s.error() == kind);
  CHECK_FALSE(s.error().advice.empty());
  if (!where.empty()) CHECK(s.error().where.view() == path + ": " + std::string(where));
}

TEST_CASE("a program that doesn't fit the store is told, and changes nothing", "[R73][R36]") {
  on_file fixture;
  {
    auto s = fixture.open<both_families>();
    REQUIRE(stream<account_event>(s, "a").append(deposited{1}));
    REQUIRE(stream<order_event>(s, "o").append(ordered{1}));
    REQUIRE(kv<std::int64_t>(s, "t").put("k", 1));
  }
  auto const path = fixture.path();
  using ab::one_of;
  opens_as<file_store<account_event>>(path, errc::unknown_type, "ordered");
  opens_as<file_store<ab::families<one_of<reshaped::deposited, withdrawn, noted>, order_event>>>(path, errc::wrong_type,
                                                                                                 "deposited");
  opens_as<file_store<ab::families<one_of<versioned::deposited, withdrawn, noted>, order_event>>>(
      path, errc::wrong_type, "deposited");
  opens_as<file_store<both_families, ab::manual_clock>>(path, errc::wrong_format);
  opens_as<file_store<both_families, ab::revisions_from<0>>>(path, errc::wrong_format);
  // What isn't among the bytes may be another each time: order, durability, concurrency, further events, their sequence.
  {
    auto s = file_store<ab::families<one_of<ordered, versioned::deposited>, one_of<noted>>>::open(path);
    CHECK(s.error() == errc::wrong_type);
  }
  auto s =
      file_store<ab::families<one_of<ordered>, one_of<added, noted, withdrawn, deposited>>, ab::global_order>::open(
          path);
  REQUIRE(s);
  CHECK(s->last() == ab::position{2});
  CHECK(s->fold<counted>()->n == 2);
  CHECK(stream<one_of<ordered>>(*s, "o").append(ab::exact(1), ordered{2})->position == ab::position{3});
  CHECK(*kv<std::int64_t>(*s, "t").get("k") == 1);
}

TEST_CASE("a path that is no store", "[R73]") {
  temporary_folder folder;
  auto const file = (folder.path() / "file").string();
  std::ofstream(file) << "something else\n";
  CHECK_FALSE(file_store<account_event>::open(file));
  CHECK_FALSE(file_store<account_event>::open(file + "/below"));
  CHECK_FALSE(file_store<account_event>::open((folder.path() / "no" / "such" / "folder").string()));
  CHECK_FALSE(file_store<account_event>::open(""));
  CHECK_FALSE(file_store<account_event>::open(std::string(100'000, 'x')));
  CHECK_FALSE(file_store<account_event>::open(std::string_view("a\0b", 3)));
  std::ifstream in(file);
  std::string line;
  CHECK((std::getline(in, line) && line == "something else"));
  ab::file::log_options reading;
  reading.mode = ab::file::open_mode::read;
  auto const absent = (folder.path() / "absent").string();
  CHECK_FALSE(file_store<account_event>::open(absent, reading));
  CHECK_FALSE(std::filesystem::exists(absent));
}

// In memory a value may be as deep as memory is; bytes have a limit, and say so before they are written.
struct nested {
  std::vector<nested> inner;
};

TEST_CASE("a value that is nested too deeply for the codec is an error, and nothing is written", "[R73]") {
  on_file fixture;
  auto s = fixture.open<ab::one_of<nested, deposited>, ab::global_order>();
  auto a = s.stream("a");
  REQUIRE(a.append(deposited{1}));
  nested deep;
  for (int i = 0; i < 1'000; ++i) {
    nested outer;
    outer.inner.push_back(std::move(deep));
    deep = std::move(outer);
  }
  auto const r = a.append(deposited{2}, deep);
  REQUIRE(!r);
  CHECK(r.error() == errc::too_large);
  auto const t = kv<nested>(s, "t").put("k", deep);
  REQUIRE(!t);
  CHECK(t.error() == errc::too_large);
  CHECK(a.last() == ab::revision{1});
  REQUIRE(a.append(deposited{3}));
  fixture.reopen(s);
  CHECK(s.stream("a").last() == ab::revision{2});
  CHECK(s.last() == ab::position{2});
}

TEST_CASE("a second writer is refused also where somebody removed the lock", "[R26][R73]") {
  on_file fixture;
  auto bank = fixture.open<account_event>();
  REQUIRE(bank.stream("a").append(deposited{1}));
  std::filesystem::remove(fixture.path() + "/lock");
  CHECK(file_store<account_event>::open(fixture.path()).error() == errc::locked);
  CHECK(bank.stream("a").append(deposited{2}));
}

TEST_CASE("a process that was forked off can't write to its parent's store", "[R26][R71][R74]") {
  on_file fixture;
  auto bank = fixture.open<account_event>();
  auto a = bank.stream("a");
  REQUIRE(a.append(deposited{1}));
  CHECK(in_another_process([&] {
          auto const r = a.append(deposited{100});
          auto const closes = std::move(bank);
          return r ? 100 : static_cast<int>(r.error().code);
        }) == static_cast<int>(errc::failed));
  REQUIRE(a.append(deposited{2}));
  REQUIRE(a.append(deposited{4}));
  fixture.reopen(bank);
  CHECK(bank.stream("a").fold<balance>()->cents == 7);
  CHECK(bank.recovery().state == ab::file::recovery_state::clean);
}

TEST_CASE("assigning to a store closes the one that was there", "[R73]") {
  on_file one, two;
  auto s = one.open<account_event>();
  auto other = two.open<account_event>();
  s = std::move(other);
  CHECK(file_store<account_event>::open(one.path()));
  CHECK(s.stream("a").append(deposited{1}));
}

TEST_CASE("what file systems and desktops leave in a folder is no hindrance", "[R73]") {
  on_file fixture;
  std::filesystem::create_directories(fixture.path() + "/lost+found");
  std::ofstream(fixture.path() + "/.DS_Store") << "x";
  auto bank = fixture.open<account_event>();
  CHECK(bank.stream("a").append(deposited{1}));
}

TEST_CASE("a pipe in the place of a segment is refused, not waited for", "[R73]") {
  on_file fixture;
  std::filesystem::create_directories(fixture.path());
  REQUIRE(::mkfifo((fixture.path() + "/0000000001.segment").c_str(), 0600) == 0);
  ab::file::log_options reading;
  reading.mode = ab::file::open_mode::read;
  CHECK(file_store<account_event>::open(fixture.path(), reading).error() == errc::io);
  CHECK(file_store<account_event>::open(fixture.path()).error() == errc::io);
}

TEST_CASE("a path may be a std::filesystem::path, and errors name it", "[R73]") {
  on_file fixture;
  { CHECK(file_store<account_event>::open(std::filesystem::path(fixture.path()))); }
  auto const other = file_store<account_event, ab::system_clock>::open(fixture.path());
  REQUIRE(other.error() == errc::wrong_format);
  CHECK(other.error().where.view().starts_with(fixture.path()));
}

TEST_CASE("a mark of an append survives another order policy", "[R32]") {
  on_file fixture;
  {
    auto bank = fixture.open<account_event>();
    REQUIRE(ab::append_once(bank.stream("a"), "k", deposited{1}));
  }
  {
    auto bank = fixture.open<account_event, ab::global_order>();
    auto const again = ab::append_once(bank.stream("a"), "k", deposited{1});
    REQUIRE(again);
    CHECK(again->last == ab::revision{1});
    CHECK(ab::append_once(bank.stream("a"), "l", deposited{1})->position == ab::position{2});
  }
  auto bank = fixture.open<account_event>();
  CHECK(ab::append_once(bank.stream("a"), "l", deposited{1})->last == ab::revision{2});
  CHECK(bank.stream("a").size() == 2);
}

namespace one_way {
struct sum {
  std::int64_t n = 0;
  void apply(deposited const& e) { n += e.cents; }
  void apply(ab::others) {}
};
}  // namespace one_way
namespace another_way {
struct sum {
  std::int64_t n = 0;
  void apply(ab::others) { ++n; }
};
}  // namespace another_way

TEST_CASE("states of one name are not taken for each other", "[R17]") {
  on_file fixture;
  auto bank = fixture.open<account_event>();
  REQUIRE(bank.stream("a").append(deposited{100}));
  CHECK((*ab::snapshot<one_way::sum>(bank.stream("a")))->n == 100);
  CHECK((*ab::snapshot<another_way::sum>(bank.stream("a")))->n == 1);
  fixture.reopen(bank);
  CHECK((*ab::load<one_way::sum>(bank.stream("a")))->n == 100);
  CHECK((*ab::load<another_way::sum>(bank.stream("a")))->n == 1);
}

}  // namespace
}  // namespace spine
