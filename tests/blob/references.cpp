// References in the log and in tables, whatever keeps those; the bytes are elsewhere.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <anabranch/blob.hpp>

#include <span>
#include <string>

namespace blobs {
namespace {

struct photographed {
  ab::blob_ref photo;
};

struct latest {
  ab::blob_ref photo;
  void apply(photographed const& e) { photo = e.photo; }
};

TEMPLATE_LIST_TEST_CASE("The log and the tables keep references, and no bytes", "[blob][R65]", spine::storages) {
  TestType fixture;
  ab::memory_blobs<> bytes;
  std::string const large(1'000'000, 'p'), other = "another";
  auto const large_ref = bytes.put(std::as_bytes(std::span(large)), "image/png");
  auto const other_ref = bytes.put(std::as_bytes(std::span(other)), "text/plain");
  REQUIRE(large_ref);
  REQUIRE(other_ref);

  auto s = fixture.template open<ab::one_of<photographed>>();
  auto a = s.stream("album");
  REQUIRE(a.append(photographed{*other_ref}, photographed{*large_ref}));
  REQUIRE(spine::kv<ab::blob_ref>(s, "covers").put("album", *other_ref));
  CHECK(a.stored_bytes() < 1000);

  fixture.reopen(s);
  a = s.stream("album");
  auto const last = spine::fold<latest>(a);
  REQUIRE(last);
  CHECK(last->photo == *large_ref);
  CHECK(*bytes.get(last->photo) ==
        ab::bytes(std::as_bytes(std::span(large)).begin(), std::as_bytes(std::span(large)).end()));
  auto const cover = spine::kv<ab::blob_ref>(s, "covers").get("album");
  REQUIRE(cover);
  CHECK(**cover == *other_ref);
  CHECK((*cover)->media_type == "text/plain");
}

}  // namespace
}  // namespace blobs
