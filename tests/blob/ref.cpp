#include "anabranch/anabranch.hpp"
#include "anabranch/codec/types/string.hpp"
#include "anabranch/hash/content_id.hpp"
#include "stores.hpp"

#include <type_traits>

namespace {

struct photo_taken {
  std::string where;
  ab::blob_ref picture;
};
struct other_hash : ab::sha256 {
  static constexpr std::string_view name = "other";
  using digest = ab::digest<other_hash, 32>;
  digest finish() const noexcept { return {ab::sha256::finish().bytes}; }
};
static_assert(ab::hash_policy<other_hash>);
using other_ref = ab::basic_blob_ref<other_hash>;

static_assert(std::is_aggregate_v<ab::blob_ref> && !std::is_same_v<ab::blob_ref, other_ref>);
static_assert(ab::definition_of<ab::blob_ref> == ab::definition{"blob_ref-sha256", 1});
static_assert(ab::definition_of<other_ref>.name == "blob_ref-other");
static_assert(ab::canonical_codec::encodable<ab::blob_ref> && ab::canonical_codec::encodable<photo_taken>);

ab::blob_ref const abc{ab::sha256::of(blobs::text("abc")), 3, "text/plain"};

std::string hex(ab::bytes const& b) {
  std::string s;
  for (auto const x : b) {
    s += "0123456789abcdef"[std::to_integer<unsigned>(x >> 4U)];
    s += "0123456789abcdef"[std::to_integer<unsigned>(x & std::byte{15})];
  }
  return s;
}

}  // namespace

// Golden: a reference is stored in events and travels. See tests/hash/content_id.cpp for when a failure is right.
TEST_CASE("A reference is stored as id, size and media type", "[blob][R65][R40]") {
  auto const stored = ab::encode(abc);
  CHECK(hex(stored) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        "0300000000000000"
        "0a000000746578742f706c61696e");
  auto const again = ab::decode<ab::blob_ref>(stored);
  REQUIRE(again);
  CHECK(*again == abc);
  for (std::size_t n = 0; n < stored.size(); ++n) {
    auto const cut = ab::bytes(stored.begin(), stored.begin() + static_cast<std::ptrdiff_t>(n));
    CHECK(ab::decode<ab::blob_ref>(cut).error() == ab::errc::malformed);
  }
}

TEST_CASE("A log and a table hold the reference, and never the bytes", "[blob][R65]") {
  blobs::in_folder fixture;
  auto files = fixture.open();
  auto const log = (fixture.folder.path() / "log").string();
  auto const picture = blobs::some(1'000'000);
  using album = ab::store<ab::one_of<photo_taken>, ab::policies<ab::file_storage<>>>;
  {
    auto store = *album::open(log, ab::file::log_options{.segment_size = 65536});
    auto const r = files.put(picture, "image/png");  // the blob first, then the commit that names it
    REQUIRE(r);
    REQUIRE(store.stream("photos").append(photo_taken{"Trieste", *r}));
    REQUIRE(store.kv<ab::blob_ref>("avatars").put("me", *r));
  }
  auto store = *album::open(log);
  auto const events = store.stream("photos").read();
  REQUIRE(events);
  auto const& taken = *(*events)[0].data.get_if<photo_taken>();
  CHECK(*files.get(taken.picture) == picture);
  auto const avatar = store.kv<ab::blob_ref>("avatars").get("me");
  REQUIRE((avatar && avatar->has_value()));
  CHECK(**avatar == taken.picture);
  for (auto const& f : std::filesystem::directory_iterator(log)) CHECK(f.file_size() <= 65536);
}

TEST_CASE("References by different hashes are different types and different content", "[blob][R40]") {
  other_ref const other{{abc.id.bytes}, abc.size, abc.media_type};
  CHECK(ab::encode(other) == ab::encode(abc));
  CHECK(ab::content_id(other) != ab::content_id(abc));
}

TEST_CASE("The hash is a policy of a blob store", "[blob][R40]") {
  ab::memory_blobs<other_hash> memory;
  blobs::temporary_folder folder;
  auto files = ab::folder_blobs<other_hash>::open((folder.path() / "blobs").string());
  REQUIRE(files);
  auto const r = memory.put(blobs::text("abc"), "text/plain");
  REQUIRE(r);
  CHECK(*ab::copy_blob(*r, memory, *files));
  CHECK(*files->get(*r) == blobs::text("abc"));
  auto const wrong = ab::folder_blobs<>::open((folder.path() / "blobs").string());
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error() == ab::errc::wrong_format);
}
