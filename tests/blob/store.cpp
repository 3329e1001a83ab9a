// One body for every blob store.
#include "stores.hpp"

#include <cstdint>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

using blobs::octets;
using blobs::png;
using blobs::some;
using blobs::text;

static_assert(ab::blob_store<ab::memory_blobs<>> && ab::blob_store<ab::folder_blobs<>>);
static_assert(ab::blob_store<ab::memory_blobs<ab::sha256, ab::locked<std::mutex>>>);
static_assert(ab::detail::must_be_blob_store<ab::memory_blobs<>>() &&
              ab::detail::must_be_blob_store<ab::folder_blobs<>>());

TEMPLATE_LIST_TEST_CASE("What was put is got", "[blob][R65][R5]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open();
  for (std::size_t const size : {0U, 1U, 55U, 64U, 65U, 4096U, 262143U, 262144U, 262145U, 1000000U}) {
    INFO(TestType::name << ", " << size << " bytes");
    auto const content = some(size);
    auto const r = store.put(content, png);
    REQUIRE(r);
    CHECK(r->id == ab::sha256::of(content));
    CHECK(r->size == size);
    CHECK(r->media_type == png);
    auto const got = store.get(*r);
    REQUIRE(got);
    CHECK(*got == content);
    CHECK(*store.contains(r->id));
    auto reader = store.reader(*r);
    REQUIRE(reader);
    auto const read = blobs::read_all(*reader, 1000);
    REQUIRE(read);
    CHECK(*read == content);
    CHECK(reader->finish());
    ab::bytes room(1);
    CHECK(*reader->read(room) == 0);
  }
}

TEMPLATE_LIST_TEST_CASE("Equal bytes are kept once, whatever they are called", "[blob][R65]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open();
  auto const a = store.put(text("same"), "text/plain"), b = store.put(text("same"), octets);
  REQUIRE((a && b));
  CHECK(a->id == b->id);
  CHECK(*a != *b);
  auto writer = store.writer("text/html");
  REQUIRE(writer);
  REQUIRE(writer->append(text("sa")));
  REQUIRE(writer->append(text("me")));
  auto const c = writer->finish();
  REQUIRE(c);
  CHECK(c->id == a->id);
  CHECK(c->media_type == "text/html");
  REQUIRE(store.list());
  CHECK(store.list()->size() == 1);
  CHECK(*store.get(*a) == *store.get(*c));
}

TEMPLATE_LIST_TEST_CASE("A writer takes a blob in any pieces", "[blob][R65]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open();
  auto const content = some(100000);
  for (std::size_t const piece : {1000U, 99999U, 100000U}) {
    auto w = store.writer(octets);
    REQUIRE(w);
    for (ab::bytes_view rest = content; !rest.empty(); rest = rest.subspan(std::min(piece, rest.size()))) {
      REQUIRE(w->append(rest.first(std::min(piece, rest.size()))));
    }
    REQUIRE(w->append({}));
    auto const r = w->finish();
    REQUIRE(r);
    CHECK(r->id == ab::sha256::of(content));
    CHECK(*store.get(*r) == content);
  }
  auto nothing = store.writer(octets);
  auto const empty = nothing->finish();
  REQUIRE(empty);
  CHECK(empty->size == 0);
  CHECK(*store.get(*empty) == ab::bytes{});
}

TEMPLATE_LIST_TEST_CASE("A writer that doesn't finish leaves nothing", "[blob][R65]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open();
  {
    auto w = store.writer(octets);
    REQUIRE(w->append(some(100)));
    auto moved = std::move(*w);
    REQUIRE(moved.append(some(100)));
    w = store.writer(octets);
    REQUIRE(w->append(some(5)));
    *w = std::move(moved);
  }
  CHECK(store.list()->empty());
}

TEMPLATE_LIST_TEST_CASE("A writer is done after it finished or failed", "[blob]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open({.max_size = 10});
  auto w = store.writer(octets);
  REQUIRE(w->finish());
  CHECK(w->append(text("x")).error() == ab::errc::invalid_argument);
  CHECK(w->finish().error() == ab::errc::invalid_argument);
  auto f = store.writer(octets);
  CHECK(f->append(some(11)).error() == ab::errc::too_large);
  CHECK(f->append(text("x")).error() == ab::errc::invalid_argument);
  CHECK(f->finish().error() == ab::errc::invalid_argument);
  CHECK(store.list()->size() == 1);
}

TEMPLATE_LIST_TEST_CASE("What comes for a reference has to be what it names", "[blob][R65][R69]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open();
  auto const right = some(1000, 1), wrong = some(1000, 2);
  ab::blob_ref const named{ab::sha256::of(right), right.size(), png};

  CHECK(store.put(wrong, named).error() == ab::errc::corrupt);
  CHECK(store.put(ab::bytes_view(right).first(999), named).error() == ab::errc::corrupt);
  CHECK(store.put(some(1001), named).error() == ab::errc::corrupt);
  auto lies = named;
  lies.size = 999;
  CHECK(store.put(right, lies).error() == ab::errc::corrupt);
  lies.size = 1001;
  CHECK(store.put(right, lies).error() == ab::errc::corrupt);

  auto other = store.writer(named);
  REQUIRE(other->append(wrong));
  auto const e = other->finish();
  REQUIRE_FALSE(e);
  CHECK(e.error() == ab::errc::corrupt);
  CHECK(e.error().where.view().find(named.id.hex().view()) != std::string_view::npos);

  auto shorter = store.writer(named);
  REQUIRE(shorter->append(ab::bytes_view(right).first(500)));
  CHECK(shorter->finish().error() == ab::errc::corrupt);

  auto longer = store.writer(named);  // refused as soon as it is too much, not when it ends
  REQUIRE(longer->append(right));
  CHECK(longer->append(text("x")).error() == ab::errc::corrupt);
  CHECK(store.list()->empty());

  auto good = store.writer(named);
  REQUIRE(good->append(right));
  REQUIRE(good->finish());
  REQUIRE(store.put(right, named));
  CHECK(*store.get(named) == right);
}

TEMPLATE_LIST_TEST_CASE("What is too large is refused before it is taken", "[blob][R65][R69]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open({.max_size = 1000});
  REQUIRE(store.put(some(1000), octets));
  auto const e = store.put(some(1001), octets);
  REQUIRE_FALSE(e);
  CHECK(e.error() == ab::errc::too_large);
  CHECK((e.error().expected == 1000 && e.error().actual == 1001));

  auto w = store.writer(octets);
  REQUIRE(w->append(some(600)));
  CHECK(w->append(some(401)).error() == ab::errc::too_large);

  ab::blob_ref const vast{ab::sha256::of(some(3)), ~std::uint64_t{0}, octets};
  CHECK(store.writer(vast).error() == ab::errc::too_large);
  CHECK(store.put(some(3), vast).error() == ab::errc::too_large);
  CHECK(store.get(vast).error() == ab::errc::too_large);
  CHECK(store.list()->size() == 1);
}

TEMPLATE_LIST_TEST_CASE("A reference that lies about the size allocates nothing", "[blob][R65][R69]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open({.max_size = std::uint64_t{1} << 62U});
  auto r = *store.put(some(10), octets);
  for (std::uint64_t const size : {std::uint64_t{0}, std::uint64_t{9}, std::uint64_t{11}, std::uint64_t{1} << 61U}) {
    r.size = size;
    auto const e = store.get(r);
    REQUIRE_FALSE(e);
    CHECK(e.error() == ab::errc::corrupt);
    CHECK((e.error().expected == static_cast<std::int64_t>(size) && e.error().actual == 10));
    CHECK(e.error().where.view().find(r.id.hex().view().substr(2)) != std::string_view::npos);
    CHECK(store.reader(r).error() == ab::errc::corrupt);
  }
  r.size = std::uint64_t{1} << 61U;
  CHECK(store.writer(r));  // a promise of so much allocates nothing either
}

TEMPLATE_LIST_TEST_CASE("What isn't there is said not to be", "[blob][R65]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open();
  REQUIRE(store.put(some(10), octets));
  ab::blob_ref const absent{ab::sha256::of(some(11)), 11, octets};
  CHECK(store.get(absent).error() == ab::no_such_blob);
  CHECK(store.reader(absent).error() == ab::no_such_blob);
  CHECK(store.get({}).error() == ab::no_such_blob);
  CHECK(*store.contains(absent.id) == false);
  CHECK(*store.erase(absent.id) == false);
}

TEMPLATE_LIST_TEST_CASE("What was erased is gone, and may come back", "[blob][R65]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open();
  auto const a = *store.put(some(10, 1), octets), b = *store.put(some(10, 2), octets);
  CHECK(*store.erase(a.id));
  CHECK_FALSE(*store.erase(a.id));
  CHECK_FALSE(*store.contains(a.id));
  CHECK(store.get(a).error() == ab::no_such_blob);
  CHECK(*store.get(b) == some(10, 2));
  REQUIRE(store.put(some(10, 1), octets));
  CHECK(*store.get(a) == some(10, 1));
}

TEMPLATE_LIST_TEST_CASE("All blobs are listed, sorted by id", "[blob][R65]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open();
  CHECK(store.list()->empty());
  std::vector<typename TestType::store::entry> expected;
  for (unsigned i = 0; i < 60; ++i) {
    auto const r = store.put(some(i, i), octets);
    REQUIRE(r);
    expected.push_back({r->id, r->size});
  }
  std::sort(expected.begin(), expected.end());
  CHECK(*store.list() == expected);
}

TEMPLATE_LIST_TEST_CASE("A media type is plain text with a slash in it", "[blob][R69]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open();
  auto const long_one = "a/" + std::string(253, 'b');
  for (auto const& good : {std::string("a/b"), std::string("text/plain; charset=utf-8"), long_one})
    CHECK(store.put(text("x"), good));
  for (auto const& bad :
       {std::string(), std::string("/"), std::string("a/"), std::string("/b"), std::string("png"), long_one + "b",
        std::string("a/b\r\nX: y"), std::string("a/b\0", 4), std::string("a/\xC3\xA9"), std::string("a/b\x7F")}) {
    CHECK(store.put(text("x"), bad).error() == ab::errc::invalid_argument);
    CHECK(store.writer(bad).error() == ab::errc::invalid_argument);
    CHECK(store.put(text("x"), ab::blob_ref{ab::sha256::of(text("x")), 1, bad}).error() == ab::errc::invalid_argument);
    CHECK(store.writer(ab::blob_ref{ab::sha256::of(text("x")), 1, bad}).error() == ab::errc::invalid_argument);
  }
}

TEMPLATE_LIST_TEST_CASE("Bytes are provisional until all are read", "[blob][R65]", blobs::stores) {
  TestType fixture;
  auto store = fixture.open();
  auto const r = *store.put(some(100), octets);
  auto reader = *store.reader(r);
  std::array<std::byte, 60> room{};
  CHECK(reader.read({}).error() == ab::errc::invalid_argument);  // 0 would mean the end
  CHECK(reader.finish().error() == ab::errc::invalid_argument);
  CHECK(*reader.read(room) == 60);
  auto const early = reader.finish();
  REQUIRE_FALSE(early);
  CHECK((early.error().expected == 100 && early.error().actual == 60));
  CHECK(*reader.read(room) == 40);
  CHECK(reader.finish());
  CHECK(*reader.read(room) == 0);
  CHECK(*reader.read(room) == 0);
}

TEMPLATE_LIST_TEST_CASE("Writers and readers stay valid when the store is moved", "[blob]", blobs::stores) {
  TestType fixture;
  auto first = fixture.open();
  auto w = *first.writer(octets);
  REQUIRE(w.append(text("12")));
  auto second = std::move(first);
  REQUIRE(w.append(text("34")));
  auto const r = w.finish();
  REQUIRE(r);
  auto reader = *second.reader(*r);
  auto third = std::move(second);
  auto elsewhere = std::move(reader);
  CHECK(*blobs::read_all(elsewhere, 3) == text("1234"));
  first = std::move(third);
  CHECK(*first.get(*r) == text("1234"));
}

TEMPLATE_LIST_TEST_CASE("A blob that is missed is fetched from another store", "[blob][R65]", blobs::stores) {
  TestType fixture;
  auto to = fixture.open();
  ab::memory_blobs<> from;
  auto const r = *from.put(some(200000), png);
  CHECK(*ab::copy_blob(r, from, to));
  CHECK_FALSE(*ab::copy_blob(r, from, to));
  CHECK(*to.get(r) == some(200000));
  auto const back = ab::copy_blob(r, to, from);
  CHECK((back && !*back));

  ab::blob_ref const absent{ab::sha256::of(text("?")), 1, octets};
  CHECK(ab::copy_blob(absent, from, to).error() == ab::no_such_blob);
  auto small = fixture.open({.max_size = 10});
  REQUIRE(to.erase(r.id));
  CHECK(ab::copy_blob(r, from, small).error() == ab::errc::too_large);
}

namespace {

// A peer that gives other bytes than those it was asked for.
struct liar {
  using ref = ab::blob_ref;
  using digest = ab::sha256::digest;
  using writer_type = ab::memory_blobs<>::writer_type;
  struct reader_type {
    std::size_t left;
    ab::result<std::size_t> read(std::span<std::byte> to) {
      auto const n = std::min(left, to.size());
      std::fill_n(to.begin(), n, std::byte{7});
      left -= n;
      return n;
    }
    ab::result<void> finish() { return {}; }
  };
  ab::memory_blobs<> behind{};
  std::size_t gives = 0;

  ab::result<ref> put(ab::bytes_view b, std::string_view m) { return behind.put(b, m); }
  ab::result<ref> put(ab::bytes_view b, ref const& r) { return behind.put(b, r); }
  ab::result<writer_type> writer(std::string_view m) { return behind.writer(m); }
  ab::result<writer_type> writer(ref const& r) { return behind.writer(r); }
  ab::result<ab::bytes> get(ref const& r) const { return behind.get(r); }
  ab::result<reader_type> reader(ref const&) const { return reader_type{gives}; }
  ab::result<bool> contains(digest const& id) const { return behind.contains(id); }
  ab::result<bool> erase(digest const& id) { return behind.erase(id); }
  ab::result<std::vector<ab::blob_entry<ab::sha256>>> list() const { return behind.list(); }
};
static_assert(ab::blob_store<liar>);

}  // namespace

TEMPLATE_LIST_TEST_CASE("A peer that gives other bytes, fewer, or no end of them leaves nothing", "[blob][R65][R69]",
                        blobs::stores) {
  TestType fixture;
  auto to = fixture.open();
  liar peer;
  ab::blob_ref const r{ab::sha256::of(some(100000)), 100000, octets};
  for (std::size_t const gives :
       {std::size_t{0}, std::size_t{99999}, std::size_t{100000}, std::size_t{100001}, ~std::size_t{0}}) {
    peer.gives = gives;
    CHECK(ab::copy_blob(r, peer, to).error() == ab::errc::corrupt);
    CHECK(to.list()->empty());
  }
}

namespace {

template <class Store>
void use_from_threads(Store& store) {
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (unsigned t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (unsigned i = 0; i < 40; ++i) {
        auto const content = some(1000 + i, i % 10 + (i % 3 == 0 ? 100 * t : 0));
        auto const r = store.put(content, octets);
        auto const got = r ? store.get(*r) : ab::result<ab::bytes>(r.error());
        if (!got || *got != content) ++wrong;
        auto reader = r ? store.reader(*r) : store.reader({});
        if (!reader || *blobs::read_all(*reader, 100) != content) ++wrong;
        if (!store.list()) ++wrong;
      }
    });
  }
  for (auto& t : threads) t.join();
  CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("Threads share a blob store", "[blob][R65][R74]") {
  ab::memory_blobs<ab::sha256, ab::locked<std::mutex>> memory;
  use_from_threads(memory);
  blobs::in_folder fixture;
  auto folder = fixture.open();
  use_from_threads(folder);
  CHECK_FALSE(blobs::has_leftovers(fixture.path()));
}

TEST_CASE("A reader in memory says that its blob was erased", "[blob]") {
  ab::memory_blobs<> store;
  auto const r = *store.put(some(100), octets);
  auto reader = *store.reader(r);
  std::array<std::byte, 60> room{};
  REQUIRE(reader.read(room));
  REQUIRE(store.erase(r.id));
  CHECK(reader.read(room).error() == ab::no_such_blob);
}
