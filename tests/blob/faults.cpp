// Every call of the system fails once, in every way of putting a blob.
#include "scripted_files.hpp"
#include "stores.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <csignal>

namespace fs = std::filesystem;
using blobs::octets;
using blobs::some;

namespace {

using folder = ab::folder_blobs<ab::sha256, blobs::scripted_files>;
auto const content = some(10000);
ab::blob_ref const reference{ab::sha256::of(content), content.size(), octets};

ab::result<ab::blob_ref> put_at_once(folder& f) { return f.put(content, octets); }
ab::result<ab::blob_ref> put_in_pieces(folder& f) {
  auto w = f.writer(octets);
  if (!w) return w.error();
  for (std::size_t at = 0; at < content.size(); at += 2500) {
    if (auto const r = w->append(ab::bytes_view(content).subspan(at, 2500)); !r) return r.error();
  }
  return w->finish();
}
ab::result<ab::blob_ref> open_and_put(std::string const& path, blobs::script& s,
                                      ab::result<ab::blob_ref> (*put)(folder&)) {
  blobs::scripted_files files;
  files.s = &s;
  auto f = folder::open(path, {}, files);
  if (!f) return f.error();
  return put(*f);
}

// Calls `f(k)` for each call that a put makes, until none fails any more.
template <class F>
int for_each_call(F&& f) {
  int k = 1;
  while (f(k)) ++k;
  return k - 1;
}

bool is_whole_or_absent(std::string const& path) {
  auto const f = ab::folder_blobs<>::open(path);
  if (!f) return false;
  auto const got = f->get(reference);
  return got ? *got == content : got.error() == ab::no_such_blob;
}

}  // namespace

TEST_CASE("Whatever call fails, a put says so or is done, and can be done again", "[blob][R65][R73]") {
  for (auto* const put : {put_at_once, put_in_pieces}) {
    for (bool const there : {false, true}) {
      for (int const error : {EIO, ENOSPC, EACCES, ENOENT, EEXIST}) {
        int const calls = for_each_call([&](int k) {
          blobs::temporary_folder root(blobs::on::memory);
          auto const path = (root.path() / "blobs").string();
          if (there) REQUIRE(ab::folder_blobs<>::open(path)->put(content, octets));
          blobs::script s;
          s.fail_at = k;
          s.error = error;
          auto const r = open_and_put(path, s, put);
          INFO("call " << k << " is " << s.failed << ", and fails with " << error
                       << (there ? "; the blob was there" : ""));
          if (r) {
            CHECK(*ab::folder_blobs<>::open(path)->get(*r) == content);
          } else if (error == ENOSPC) {
            CHECK(r.error() == ab::errc::disk_full);
          } else if (error == EIO) {
            CHECK(r.error() == ab::errc::io);
          }
          if (!fs::exists(path)) return !s.failed.empty();
          if (s.failed != "remove") CHECK_FALSE(blobs::has_leftovers(path));
          CHECK(is_whole_or_absent(path));
          auto again = ab::folder_blobs<>::open(path);
          REQUIRE(again);
          REQUIRE(again->put(content, octets));
          CHECK(*again->get(reference) == content);
          CHECK_FALSE(blobs::has_leftovers(path));
          return !s.failed.empty();
        });
        CHECK(calls > 8);
      }
    }
  }
}

TEST_CASE("A full disk is said to be full, and nothing is left", "[blob][R65][R73]") {
  for (auto* const put : {put_at_once, put_in_pieces}) {
    int full = 0;
    for_each_call([&](int k) {
      blobs::in_folder fixture{blobs::temporary_folder(blobs::on::memory)};
      (void)fixture.open();
      blobs::script s;
      s.fail_at = k;
      s.error = k % 2 == 0 ? EDQUOT : ENOSPC;
      s.for_good = true;
      auto const r = open_and_put(fixture.path(), s, put);
      INFO("call " << k << " is " << s.failed);
      bool const writes = s.failed == "make_directory_in" || s.failed == "create" || s.failed == "write" ||
                          s.failed == "sync_file" || s.failed == "rename_new";
      if (writes) {
        ++full;
        REQUIRE_FALSE(r);
        CHECK(r.error() == ab::errc::disk_full);
        CHECK(blobs::files_in(fixture.path()) == std::vector<std::string>{"format"});
      }
      return !s.failed.empty();
    });
    CHECK(full >= 5);
  }
}

TEST_CASE("After a failed sync of a folder nothing is acknowledged until it is opened again", "[blob][R65][R71]") {
  for (int nth = 1; nth <= 4; ++nth) {  // for the mark; of the blob's folder, of the root, of the folder above
    blobs::in_folder fixture{blobs::temporary_folder(blobs::on::memory)};
    auto const before = *fixture.open().put(some(5), octets);
    blobs::script s;
    blobs::scripted_files files;
    files.s = &s;
    auto f = *folder::open(fixture.path(), {}, files);
    int const opening = s.calls;
    auto w = f.writer(octets);
    int seen = 0;
    blobs::script dry;  // where the nth sync of a folder is
    {
      blobs::in_folder other;
      (void)other.open();
      (void)open_and_put(other.path(), dry, put_at_once);
    }
    for (std::size_t i = static_cast<std::size_t>(opening); i < dry.seen.size() && seen < nth; ++i) {
      if (dry.seen[i] == "sync_folder") ++seen;
      if (seen == nth) s.fail_at = static_cast<int>(i) + 1;
    }
    REQUIRE(seen == nth);
    s.calls = opening;
    auto const r = f.put(content, octets);
    REQUIRE_FALSE(r);
    CHECK(s.failed == "sync_folder");
    CHECK(r.error() == ab::errc::io);
    CHECK(f.put(content, octets).error() == ab::errc::failed);
    CHECK(f.put(some(1), octets).error() == ab::errc::failed);
    CHECK(f.writer(octets).error() == ab::errc::failed);
    CHECK(f.erase(before.id).error() == ab::errc::failed);
    REQUIRE(w->append(some(7)));
    CHECK(w->finish().error() == ab::errc::failed);
    CHECK(*f.get(before) == some(5));
    CHECK_FALSE(blobs::has_leftovers(fixture.path()));
    REQUIRE(fixture.open().put(content, octets));
  }
}

TEST_CASE("A failed erasure says so", "[blob][R73]") {
  for_each_call([&](int k) {
    blobs::in_folder fixture{blobs::temporary_folder(blobs::on::memory)};
    auto const r = *fixture.open().put(content, octets);
    blobs::script s;
    blobs::scripted_files files;
    files.s = &s;
    auto f = *folder::open(fixture.path(), {}, files);
    s.fail_at = s.calls + k;
    auto const e = f.erase(r.id);
    if (s.failed.empty()) {
      CHECK(*e);
      return false;
    }
    REQUIRE_FALSE(e);
    CHECK(e.error() == ab::errc::io);
    return true;
  });
}

TEST_CASE("A failed read is no blob", "[blob][R73]") {
  blobs::in_folder fixture{blobs::temporary_folder(blobs::on::memory)};
  REQUIRE(fixture.open().put(content, octets));
  auto const each = [&](auto&& use) {
    return for_each_call([&](int k) {
      blobs::script s;
      blobs::scripted_files files;
      files.s = &s;
      auto f = *folder::open(fixture.path(), {}, files);
      s.fail_at = s.calls + k;
      auto const e = use(f);
      INFO(s.failed);
      if (!s.failed.empty()) CHECK(e.error() == ab::errc::io);
      return !s.failed.empty();
    });
  };
  CHECK(each([](folder& f) { return f.get(reference); }) >= 4);
  CHECK(each([](folder& f) -> ab::result<ab::bytes> {
          auto r = f.reader(reference);
          if (!r) return r.error();
          return blobs::read_all(*r, 3000);
        }) >= 6);
  CHECK(each([](folder& f) { return f.contains(reference.id); }) == 2);
  CHECK(each([](folder& f) { return f.list(); }) >= 4);
}

TEST_CASE("Reads and writes that do less than asked are gone on with", "[blob][R65]") {
  for (std::size_t const most : {std::size_t{1}, std::size_t{4095}, std::size_t{9999}}) {
    blobs::in_folder fixture{blobs::temporary_folder(blobs::on::memory)};
    blobs::script s;
    s.most = most;
    blobs::scripted_files files;
    files.s = &s;
    auto f = folder::open(fixture.path(), {}, files);
    REQUIRE(f);
    REQUIRE(f->put(content, octets));
    CHECK(*f->get(reference) == content);
    REQUIRE(f->put(content, octets));
    auto r = *f->reader(reference);
    CHECK(*blobs::read_all(r, 8192) == content);
  }
}

TEST_CASE("Where the system has no rename that never replaces, links do", "[blob][R65]") {
  blobs::in_folder fixture{blobs::temporary_folder(blobs::on::memory)};
  blobs::script s;
  s.no_rename = true;
  blobs::scripted_files files;
  files.s = &s;
  auto f = folder::open(fixture.path(), {}, files);
  REQUIRE(f);
  REQUIRE(f->put(content, octets));
  REQUIRE(f->put(content, octets));
  CHECK(*f->get(reference) == content);
  CHECK_FALSE(blobs::has_leftovers(fixture.path()));
  CHECK(blobs::files_in(fixture.path()).size() == 2);
  // A crash between the link and the removal leaves a second name for the same file: the first stays when it goes.
  auto const leftover = fs::path(fixture.path()) / "new-00000000000000000000000000000000";
  fs::create_hard_link(blobs::file_of(fixture.path(), reference), leftover);
  CHECK(*fixture.open().get(reference) == content);
  CHECK_FALSE(fs::exists(leftover));
}

TEST_CASE("A name that somebody else took in the meantime is looked at, not replaced", "[blob][R65]") {
  struct racing : blobs::scripted_files {
    std::string root{};
    ab::bytes theirs{};
    int rename_new(handle a, char const* from, handle b, char const* to) const {
      if (std::string_view(to).size() == 62 && !theirs.empty()) {
        auto const file = blobs::file_of(root, reference);
        if (!fs::exists(file)) blobs::overwrite(file, theirs);
      }
      return posix_blob_files::rename_new(a, from, b, to);
    }
  };
  for (bool const right : {true, false}) {
    blobs::in_folder fixture{blobs::temporary_folder(blobs::on::memory)};
    racing files;
    files.root = fixture.path();
    files.theirs = right ? content : some(10000, 2);
    auto f = ab::folder_blobs<ab::sha256, racing>::open(fixture.path(), {}, files);
    REQUIRE(f);
    auto const r = f->put(content, octets);
    CHECK(r.has_value() == right);
    if (!r) CHECK(r.error() == ab::errc::corrupt);
    CHECK_FALSE(blobs::has_leftovers(fixture.path()));
  }
}

TEST_CASE("A limit on the size of files is a full disk", "[blob][R65][R73]") {
  blobs::in_folder fixture{blobs::temporary_folder(blobs::on::memory)};
  auto store = fixture.open();
  int const status = blobs::as_process([&] {
    rlimit const limit{65536, 65536};
    (void)std::signal(SIGXFSZ, SIG_IGN);
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
    auto const r = store.put(some(65537), octets);
    if (r || r.error() != ab::errc::disk_full) return 2;
    auto w = *store.writer(octets);
    if (!w.append(some(65536))) return 3;
    auto const e = w.append(some(1));
    if (e || e.error() != ab::errc::disk_full) return 4;
    if (!store.put(some(65536), octets)) return 5;
    return 0;
  });
  CHECK(status == 0);
  CHECK_FALSE(blobs::has_leftovers(fixture.path()));
  CHECK(store.list()->size() == 1);
}

TEST_CASE("A disk that is really full", "[blob][R65][R73]") {
  blobs::temporary_folder root;
  constexpr int cannot = 77;
  // A mount of the child's own, which goes with it.
  int const status = blobs::as_process([&] {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", root.path().c_str(), "tmpfs", 0, "size=256k") != 0) {
      return cannot;
    }
    auto const path = (root.path() / "blobs").string();
    auto f = ab::folder_blobs<>::open(path);
    if (!f) return 1;
    auto const small = f->put(some(50000), octets);
    if (!small) return 2;
    auto const big = f->put(some(400000), octets);
    if (big || big.error() != ab::errc::disk_full) return 3;
    auto w = f->writer(octets);
    bool full = false;
    for (unsigned i = 0; i < 20 && !full; ++i) {
      auto const r = w->append(some(20000, i));
      full = !r && r.error() == ab::errc::disk_full;
    }
    if (!full) return 4;
    if (blobs::has_leftovers(path) || blobs::files_in(path).size() != 2) return 5;
    if (!f->put(some(100000), octets) || f->list()->size() != 2) return 6;
    // Full of many small ones: whatever the call that fails.
    for (unsigned i = 0;; ++i) {
      auto const r = f->put(some(4000, 1000 + i), octets);
      if (r) continue;
      if (r.error() != ab::errc::disk_full) return 7;
      break;
    }
    if (blobs::has_leftovers(path)) return 8;
    for (auto const& e : *f->list()) {
      if (!f->get({e.id, e.size, octets})) return 9;
    }
    if (!*f->erase(small->id) || !f->put(some(4000, 5), octets)) return 10;
    return 0;
  });
  if (status == cannot)
    WARN("this process may not mount a small disk: not tested here");
  else
    CHECK(status == 0);
}
