// A store in a process of its own, over a pair of sockets.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <anabranch/remote.hpp>
#include <anabranch/remote/socket.hpp>

#include <csignal>
#include <string>
#include <utility>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace remote_tests {
namespace {

using namespace spine;
using kept = on_file::store<account_event>;
using bank_type = ab::store<account_event, ab::policies<ab::remote_storage<ab::remote::socket>>>;

/// A child that serves the store in a folder until its connection ends, or it is killed.
class server_process {
 public:
  explicit server_process(std::string const& folder, std::size_t limit = ab::remote::socket::most) {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) {
      ::close(ends[0]);
      ::_exit(serve(folder, ab::remote::socket(ends[1], limit)));
    }
    ::close(ends[1]);
    here_ = ends[0];
  }
  server_process(server_process const&) = delete;
  server_process& operator=(server_process const&) = delete;
  ~server_process() { end(); }

  ab::remote::socket connection() { return ab::remote::socket(std::exchange(here_, -1)); }
  void kill() {
    ::kill(child_, SIGKILL);
    end();
  }
  int end() {
    if (here_ >= 0) ::close(std::exchange(here_, -1));
    int status = 0;
    if (child_ > 0) ::waitpid(std::exchange(child_, -1), &status, 0);
    return status;
  }

 private:
  static int serve(std::string const& folder, ab::remote::socket connection) {
    auto store = kept::open(folder);
    if (!store) return 1;
    ab::remote::server served(*store);
    return ab::remote::serve(served, connection) ? 0 : 2;
  }

  pid_t child_ = -1;
  int here_ = -1;
};

TEST_CASE("a store in another process", "[remote][R70][R74]") {
  on_file folder;
  {
    server_process server(folder.path());
    {
      auto bank = bank_type::open(server.connection());
      REQUIRE(bank);
      auto a = bank->stream("account/1");
      REQUIRE(a.append(deposited{10}, noted{std::string(3'000'000, 'n')}));
      CHECK(a.append(ab::exact(1), withdrawn{1}).error() == ab::errc::wrong_revision);
      CHECK(a.fold<balance>()->last_note.size() == 3'000'000);
      REQUIRE(bank->kv<int>("t").put("k", 5));
      REQUIRE(bank->sync());
    }
    CHECK(server.end() == 0);  // the connection's end is no failure
  }
  auto again = kept::open(folder.path());
  REQUIRE(again);
  CHECK(again->stream("account/1").fold<balance>()->cents == 10);
  CHECK(**again->kv<int>("t").get("k") == 5);  // the same table, whoever opens it
}

TEST_CASE("a server that is killed", "[remote][R70][R71][R73]") {
  on_file folder;
  std::int64_t acknowledged = 0;
  for (int round = 0; round < 5; ++round) {
    server_process server(folder.path());
    auto bank = bank_type::open(server.connection());
    REQUIRE(bank);
    auto a = bank->stream("a");
    CHECK(a.last().value == acknowledged);
    for (int i = 0; i < 20; ++i) acknowledged = a.append(deposited{1})->last.value;
    server.kill();
    auto const refused = a.append(deposited{1});
    REQUIRE_FALSE(refused);
    CHECK(refused.error() == ab::errc::disconnected);
    CHECK(refused.error().message().view() ==
          "the connection is closed; a commit that was under way may have happened or not; connect again, and read "
          "before you repeat a commit");
    CHECK(a.read().error() == ab::errc::disconnected);
  }
  CHECK(acknowledged == 100);
}

struct throwing {
  int answers = 0;
  ab::bytes answer(ab::bytes_view) {
    if (answers++ == 0) throw 5;
    return ab::bytes(1000);
  }
};

TEST_CASE("a server goes on after an exception, and after an answer that is too large", "[remote][R70][R73]") {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  ab::remote::socket here(ends[0]), there(ends[1], 500);
  for (int i = 0; i < 2; ++i) REQUIRE(here.send(ab::bytes(2)));
  REQUIRE(::shutdown(ends[0], SHUT_WR) == 0);
  throwing server;
  CHECK(ab::remote::serve(server, there));
  for (auto const code : {ab::errc::thrown, ab::errc::too_large}) {
    auto const answer = here.receive();
    REQUIRE(answer);
    REQUIRE(answer->has_value());
    CHECK(ab::detail::refusal_from(ab::bytes_view(**answer).subspan(1)) == code);
  }
}

TEST_CASE("messages over the limit, and what is no message", "[remote][R70][R73]") {
  on_file folder;
  SECTION("a commit that is too large is refused on this side, and the connection goes on") {
    server_process server(folder.path());
    int const fd = [&] {
      int ends[2];
      REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
      ::close(ends[1]);
      return ends[0];
    }();
    ab::remote::socket small(fd, 100);
    CHECK(small.call(ab::bytes(101)).error() == ab::errc::too_large);
    CHECK(small.call(ab::bytes(100)).error() == ab::errc::disconnected);  // nobody is there
  }
  SECTION("a size that claims too much ends the connection before anything is allocated") {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    ab::remote::socket here(ends[0], 1000);
    unsigned char const huge[] = {0xFF, 0xFF, 0xFF, 0xFF};
    REQUIRE(::write(ends[1], huge, sizeof huge) == 4);
    CHECK(here.receive().error() == ab::errc::too_large);
    ::close(ends[1]);
  }
  SECTION("a message that is cut off") {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    ab::remote::socket here(ends[0]);
    unsigned char const cut[] = {5, 0, 0, 0, 1, 2};
    REQUIRE(::write(ends[1], cut, sizeof cut) == 6);
    ::close(ends[1]);
    CHECK(here.receive().error() == ab::errc::disconnected);
  }
}

}  // namespace
}  // namespace remote_tests
