// What lies in a folder of blobs, and what somebody else may have put there.
#include "stores.hpp"

#include <cstring>
#include <fstream>
#include <sstream>

#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace fs = std::filesystem;
using blobs::octets;
using blobs::some;
using blobs::text;

namespace {

std::string slurp(fs::path const& p) {
  std::ostringstream s;
  s << std::ifstream(p, std::ios::binary).rdbuf();
  return s.str();
}

ab::errc how_it_opens(std::string const& path) {
  auto const s = ab::folder_blobs<>::open(path);
  return s ? ab::errc{} : s.error().code;
}

}  // namespace

// Golden: other programs, and other versions of this one, read the folder.
TEST_CASE("A folder of blobs holds a mark, and each blob under its id", "[blob][R40][R65]") {
  blobs::in_folder fixture;
  auto store = fixture.open();
  REQUIRE(store.put(text("abc"), octets));
  REQUIRE(store.put({}, octets));
  CHECK(blobs::files_in(fixture.path()) ==
        std::vector<std::string>{"ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                                 "e3/b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "format"});
  CHECK(slurp(fs::path(fixture.path()) / "format") == "anabranch blobs 1 sha256\n");
  CHECK(slurp(fs::path(fixture.path()) / "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == "abc");
  auto const mode =
      fs::status(fs::path(fixture.path()) / "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK((mode.permissions() & (fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write)) ==
        fs::perms::none);  // nobody writes it by mistake
}

TEST_CASE("A folder that was made elsewhere opens, and keeps what it has", "[blob][R65]") {
  blobs::in_folder fixture;
  auto const r = *fixture.open().put(text("abc"), octets);
  auto again = fixture.open();
  CHECK(*again.get(r) == text("abc"));
  CHECK(again.list()->size() == 1);
}

TEST_CASE("A folder of something else is left alone", "[blob][R73]") {
  blobs::temporary_folder folder;
  auto const path = (folder.path() / "other").string();
  fs::create_directory(path);
  CHECK(how_it_opens(path) == ab::errc{});  // an empty one becomes a folder of blobs
  fs::remove_all(path);
  fs::create_directory(path);
  std::ofstream(fs::path(path) / "letter.txt") << "dear";
  CHECK(how_it_opens(path) == ab::errc::wrong_format);
  CHECK(blobs::files_in(path) == std::vector<std::string>{"letter.txt"});

  for (auto const* mark : {"", "anabranch blobs 1 sha256", "anabranch blobs 2 sha256\n", "anabranch blobs 1 blake3\n",
                           "anabranch blobs 1 sha256\nmore\n"}) {
    fs::remove_all(path);
    fs::create_directory(path);
    std::ofstream(fs::path(path) / "format") << mark;
    CHECK(how_it_opens(path) == ab::errc::wrong_format);
  }
  CHECK(how_it_opens((folder.path() / "other/format").string()) == ab::errc::wrong_format);
  CHECK(how_it_opens((folder.path() / "no/such/place").string()) == ab::errc::io);
}

TEST_CASE("Damage is found when a blob is read", "[blob][R65][R73]") {
  blobs::in_folder fixture;
  auto store = fixture.open();
  auto const content = some(300000);
  auto const r = *store.put(content, octets);
  auto const file = blobs::file_of(fixture.path(), r);
  auto const is_corrupt = [&] {
    auto const got = store.get(r);
    REQUIRE_FALSE(got);
    CHECK(got.error() == ab::errc::corrupt);
    INFO(got.error());
    CHECK(got.error().where.view().find(r.id.hex().view().substr(2)) != std::string_view::npos);
    auto reader = store.reader(r);
    if (reader) {
      auto const read = blobs::read_all(*reader, 65536);
      REQUIRE_FALSE(read);
      CHECK(read.error() == ab::errc::corrupt);
      CHECK(reader->finish().error() == ab::errc::corrupt);
    } else {
      CHECK(reader.error() == ab::errc::corrupt);
    }
    // Nor is it taken for what is put, or ever replaced.
    auto const put = store.put(content, octets);
    REQUIRE_FALSE(put);
    CHECK(put.error() == ab::errc::corrupt);
    auto w = *store.writer(octets);
    REQUIRE(w.append(content));
    CHECK(w.finish().error() == ab::errc::corrupt);
    CHECK_FALSE(blobs::has_leftovers(fixture.path()));
  };
  for (std::size_t const at : {std::size_t{0}, std::size_t{262143}, std::size_t{262144}, content.size() - 1}) {
    auto flipped = content;
    flipped[at] ^= std::byte{1};
    blobs::overwrite(file, flipped);
    is_corrupt();
  }
  for (std::size_t const size : {std::size_t{0}, std::size_t{1}, content.size() - 1}) {
    blobs::overwrite(file, ab::bytes(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(size)));
    is_corrupt();
  }
  auto longer = content;
  longer.push_back({});
  blobs::overwrite(file, longer);
  is_corrupt();
  blobs::overwrite(file, some(300000, 9));
  is_corrupt();

  CHECK(*store.erase(r.id));  // what the error advises
  REQUIRE(store.put(content, octets));
  CHECK(*store.get(r) == content);
}

TEST_CASE("A file that is cut off while it is read is corrupt", "[blob][R73]") {
  blobs::in_folder fixture;
  auto store = fixture.open();
  auto const r = *store.put(some(100000), octets);
  auto reader = *store.reader(r);
  ab::bytes room(60000);
  REQUIRE(*reader.read(room) == 60000);
  fs::permissions(blobs::file_of(fixture.path(), r), fs::perms::owner_all);
  fs::resize_file(blobs::file_of(fixture.path(), r), 60000);
  auto const e = reader.read(room);
  REQUIRE_FALSE(e);
  CHECK(e.error() == ab::errc::corrupt);
  CHECK((e.error().expected == 100000 && e.error().actual == 60000));
}

TEST_CASE("A reader goes on when its blob is erased", "[blob][R65]") {
  blobs::in_folder fixture;
  auto store = fixture.open();
  auto const r = *store.put(some(100), octets);
  auto reader = *store.reader(r);
  REQUIRE(store.erase(r.id));
  CHECK(*blobs::read_all(reader, 7) == some(100));
}

TEST_CASE("What is no file of ours is never followed, waited for, or listed", "[blob][R69]") {
  blobs::in_folder fixture;
  auto store = fixture.open();
  auto const r = *store.put(text("abc"), octets);
  auto const file = blobs::file_of(fixture.path(), r);
  auto const secret = fixture.folder.path() / "secret";
  std::ofstream(secret) << "abc";

  SECTION("a link, even to the right bytes") {
    fs::remove(file);
    fs::create_symlink(secret, file);
  }
  SECTION("a link to nowhere") {
    fs::remove(file);
    fs::create_symlink("/nowhere", file);
  }
  SECTION("a folder") {
    fs::remove(file);
    fs::create_directory(file);
  }
  SECTION("a pipe") {
    fs::remove(file);
    REQUIRE(::mkfifo(file.c_str(), 0666) == 0);
  }
  CHECK(store.get(r).error() == ab::errc::corrupt);
  CHECK(store.reader(r).error() == ab::errc::corrupt);
  CHECK(store.contains(r.id).error() == ab::errc::corrupt);
  CHECK(store.put(text("abc"), octets).error() == ab::errc::corrupt);
  auto w = *store.writer(r);
  REQUIRE(w.append(text("abc")));
  CHECK(w.finish().error() == ab::errc::corrupt);
  CHECK(store.list()->empty());
  CHECK(slurp(secret) == "abc");
}

TEST_CASE("A link in place of a folder below is not followed", "[blob][R69]") {
  blobs::in_folder fixture;
  auto store = fixture.open();
  auto const r = *store.put(text("abc"), octets);
  auto const outside = fixture.folder.path() / "outside";
  fs::rename(fs::path(fixture.path()) / "ba", outside);
  fs::create_directory_symlink(outside, fs::path(fixture.path()) / "ba");
  CHECK(store.get(r).error() == ab::errc::io);
  CHECK(store.put(text("abc"), octets).error() == ab::errc::io);
  CHECK(store.erase(r.id).error() == ab::errc::io);
  CHECK(store.list()->empty());
  CHECK(blobs::files_in(outside).size() == 1);
  CHECK_FALSE(blobs::has_leftovers(fixture.path()));
}

TEST_CASE("Other files are neither listed nor touched", "[blob]") {
  blobs::in_folder fixture;
  auto store = fixture.open();
  auto const r = *store.put(text("abc"), octets);
  fs::path const root = fixture.path();
  for (auto const* name : {"README", "ba/README", "ba/7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                           "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a", "new-1", "0", "zz"}) {
    std::ofstream(root / name) << "x";
  }
  fs::create_directory(root / "BA");
  std::ofstream(root / "BA/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") << "x";
  std::ofstream(root / "cd") << "x";  // a file where a folder could be
  auto const before = blobs::files_in(root);
  auto again = fixture.open();
  CHECK(*again.list() == std::vector<ab::folder_blobs<>::entry>{{r.id, 3}});
  CHECK(blobs::files_in(root) == before);
}

TEST_CASE("What a crash left is removed, what somebody writes isn't", "[blob][R65]") {
  blobs::in_folder fixture;
  auto store = fixture.open();
  fs::path const root = fixture.path();
  auto const leftover = root / "new-0123456789abcdef0123456789abcdef";
  std::ofstream(leftover) << "half";
  auto writer = *store.writer(octets);
  REQUIRE(writer.append(some(1000)));
  REQUIRE(blobs::files_in(root).size() == 3);

  auto other = fixture.open();  // in this process, and from another
  CHECK(blobs::as_process([&] { return ab::folder_blobs<>::open(fixture.path()) ? 0 : 1; }) == 0);
  CHECK_FALSE(fs::exists(leftover));
  CHECK(blobs::has_leftovers(root));
  auto const r = writer.finish();
  REQUIRE(r);
  CHECK(*other.get(*r) == some(1000));
  CHECK_FALSE(blobs::has_leftovers(root));
  CHECK(other.list()->size() == 1);
}

TEST_CASE("A folder that nobody may write is read", "[blob][R65]") {
  if (::geteuid() == 0) {
    SUCCEED("root may write anything");
    return;
  }
  blobs::in_folder fixture;
  auto const r = *fixture.open().put(text("abc"), octets);
  fs::permissions(fixture.path(), fs::perms::owner_read | fs::perms::owner_exec);
  auto store = fixture.open();
  CHECK(*store.get(r) == text("abc"));
  CHECK(store.put(text("abcd"), octets).error() == ab::errc::io);
  fs::permissions(fixture.path(), fs::perms::owner_all);
}

TEST_CASE("The place in an error has the whole id, however long the path", "[blob]") {
  blobs::temporary_folder folder;
  auto path = folder.path();
  for (int i = 0; i < 5; ++i) path /= std::string(50, 'd');
  path /=
      "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC"
      "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC!";
  fs::create_directories(path.parent_path());
  auto store = ab::folder_blobs<>::open(path.string());
  REQUIRE(store);
  auto const id = ab::sha256::of(text("abc"));
  auto const e = store->get({id, 3, octets});
  REQUIRE_FALSE(e);
  std::string const where(e.error().where.view());
  CHECK(where.ends_with("!/ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  CHECK(where.starts_with("...\xC3\xBC"));
  REQUIRE(store->put(text("abc"), octets));
}

TEST_CASE("An open folder may be renamed", "[blob]") {
  blobs::in_folder fixture;
  auto store = fixture.open();
  fs::rename(fixture.path(), fixture.path() + "-elsewhere");
  auto const r = store.put(text("abc"), octets);
  REQUIRE(r);
  CHECK(*store.get(*r) == text("abc"));
  CHECK(fs::exists(blobs::file_of(fixture.path() + "-elsewhere", *r)));
}
