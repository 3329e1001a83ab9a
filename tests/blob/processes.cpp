// Processes that are killed, and processes side by side.
#include "scripted_files.hpp"
#include "stores.hpp"

#include <chrono>
#include <random>
#include <thread>

#include <csignal>

namespace fs = std::filesystem;
using blobs::octets;
using blobs::some;

namespace {

using scripted_folder = ab::folder_blobs<ab::sha256, blobs::scripted_files>;

// The i-th content of a child. Some are large enough that a kill comes while they are written.
ab::bytes content_of(unsigned i) { return some(i % 4 == 0 ? 600000 + i : 100 + 37 * i, i); }

// Nothing that was acknowledged is lost, nothing is there that isn't whole, and nothing is left over.
void check_after_kill(std::string const& path, unsigned acknowledged) {
  auto f = ab::folder_blobs<>::open(path);
  REQUIRE(f);
  CHECK_FALSE(blobs::has_leftovers(path));
  for (unsigned i = 0; i < acknowledged; ++i) {
    auto const content = content_of(i);
    auto const got = f->get({ab::sha256::of(content), content.size(), octets});
    INFO("blob " << i << " of " << acknowledged);
    REQUIRE(got);
    REQUIRE(*got == content);
  }
  auto const all = f->list();
  REQUIRE(all);
  CHECK(all->size() >= acknowledged);
  CHECK(all->size() <= acknowledged + 1);
  for (auto const& e : *all) REQUIRE(f->get({e.id, e.size, octets}));
}

}  // namespace

TEST_CASE("A process that is killed at any moment loses nothing that it was told to have", "[blob][R65][R73]") {
  std::mt19937 dice(std::random_device{}());
  for (int round = 0; round < 40; ++round) {
    blobs::in_folder fixture;
    int acknowledgements[2];
    REQUIRE(::pipe(acknowledgements) == 0);
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      auto f = ab::folder_blobs<>::open(fixture.path());
      for (unsigned i = 0; f; ++i) {
        auto const content = content_of(i);
        if (i % 2 == 0) {
          if (!f->put(content, octets)) ::_exit(1);
        } else {
          auto w = f->writer(octets);
          if (!w || !w->append(ab::bytes_view(content).first(50)) || !w->append(ab::bytes_view(content).subspan(50)) ||
              !w->finish())
            ::_exit(1);
        }
        if (::write(acknowledgements[1], "+", 1) != 1) ::_exit(1);
      }
      ::_exit(1);
    }
    ::close(acknowledgements[1]);
    std::this_thread::sleep_for(std::chrono::microseconds(dice() % 40000));
    REQUIRE(::kill(child, SIGKILL) == 0);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
    char plus[256];
    unsigned acknowledged = 0;
    for (ssize_t n; (n = ::read(acknowledgements[0], plus, sizeof plus)) > 0;) acknowledged += static_cast<unsigned>(n);
    ::close(acknowledgements[0]);
    check_after_kill(fixture.path(), acknowledged);
  }
}

TEST_CASE("A process may be killed before any of its calls", "[blob][R65][R73]") {
  for (bool const there : {false, true}) {
    for (int k = 1;; ++k) {
      blobs::in_folder fixture{blobs::temporary_folder(blobs::on::memory)};
      auto const content = some(5000);
      ab::blob_ref const r{ab::sha256::of(content), content.size(), octets};
      if (there) REQUIRE(fixture.open().put(content, octets));
      int const status = blobs::as_process([&] {
        blobs::script s;
        s.fail_at = k;
        s.kill = true;
        blobs::scripted_files files;
        files.s = &s;
        auto f = scripted_folder::open(fixture.path(), {}, files);
        if (!f || !f->put(content, octets)) return 1;
        auto w = f->writer(octets);
        if (!w || !w->append(content) || !w->finish()) return 2;
        return 0;
      });
      INFO("killed before call " << k);
      REQUIRE((status == 0 || status == 128 + SIGKILL));
      auto f = ab::folder_blobs<>::open(fixture.path());
      REQUIRE(f);
      CHECK_FALSE(blobs::has_leftovers(fixture.path()));
      auto const got = f->get(r);
      if (got) {
        CHECK(*got == content);
      } else {
        CHECK_FALSE(there);
        CHECK(got.error() == ab::no_such_blob);
      }
      REQUIRE(f->put(content, octets));
      CHECK(f->list()->size() == 1);
      if (status == 0) {
        CHECK(k > 20);
        break;
      }
    }
  }
}

TEST_CASE("Processes put into one folder at once", "[blob][R65][R74]") {
  blobs::in_folder fixture;
  constexpr unsigned children = 4, shared = 30, own = 15;
  pid_t pids[children];
  for (unsigned c = 0; c < children; ++c) {
    pids[c] = ::fork();
    REQUIRE(pids[c] >= 0);
    if (pids[c] != 0) continue;
    // Each opens it, makes it where it is the first, and cleans up beside the others.
    auto f = ab::folder_blobs<>::open(fixture.path());
    if (!f) ::_exit(1);
    for (unsigned i = 0; i < shared + own; ++i) {
      auto const content = i < shared ? some(3000 + i, i) : some(5000 + i, 1000 * (c + 1) + i);
      auto const r = f->put(content, octets);
      if (!r) ::_exit(2);
      auto const again = ab::folder_blobs<>::open(fixture.path());
      if (!again || *again->get(*r) != content) ::_exit(3);
    }
    ::_exit(0);
  }
  for (auto const pid : pids) {
    int status = 0;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    CHECK(status == 0);
  }
  auto f = fixture.open();
  auto const all = f.list();
  REQUIRE(all);
  CHECK(all->size() == shared + children * own);
  for (auto const& e : *all) CHECK(f.get({e.id, e.size, octets}));
  CHECK_FALSE(blobs::has_leftovers(fixture.path()));
}
