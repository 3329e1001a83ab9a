#include "anabranch/storage/file/batch.hpp"

#include "catch.hpp"
#include "image.hpp"

#include <cstring>
#include <string_view>
#include <utility>

namespace {

using ab::file::batch;
namespace format = ab::file::format;
using storage_log::add_frame;

}  // namespace

TEST_CASE("a batch lays frames on multiples of eight and pads them with zeros") {
  for (std::size_t size = 0; size < 40; ++size) {
    batch b;
    b.begin_frame(3, 5, 9);
    std::memset(b.extend(size), 0xEE, size);
    CHECK(b.end_frame() == 0);
    REQUIRE(b.size() == format::frame_size(size));
    auto const h = format::get_frame_header(b.data());
    CHECK(h.length == size);
    CHECK(h.kind == 3);
    CHECK(h.tag == 5);
    CHECK(h.number == 9);
    CHECK(h.reserved_is_zero);
    for (auto i = format::frame_header_size + size; i < b.size(); ++i) CHECK(b.data()[i] == std::byte{});
    CHECK_FALSE(b.complete());
    b.end_commit();
    CHECK(b.complete());
    CHECK(b.size() == format::frame_size(size) + format::marker_size);
  }
}

TEST_CASE("a batch grows while a frame is open, and keeps what it has") {
  batch b;
  b.begin_frame(1, 2, 3);
  for (int i = 0; i < 100'000; ++i) *b.extend(1) = static_cast<std::byte>(i);
  b.end_frame();
  b.end_commit();
  for (std::size_t i = 0; i < 100'000; ++i)
    REQUIRE(b.data()[format::frame_header_size + i] == static_cast<std::byte>(i));
  auto const capacity = b.capacity();
  b.clear();
  CHECK(b.empty());
  CHECK(b.capacity() == capacity);
}

TEST_CASE("rewinding drops what was staged after a mark, an open frame included") {
  batch b;
  add_frame(b, 1, 10);
  b.end_commit();
  auto const mark = b.mark();
  std::string_view const before(reinterpret_cast<char const*>(b.data()), b.size());
  std::string const copy(before);
  add_frame(b, 2, 5000);
  b.end_commit();
  add_frame(b, 3, 5);
  b.begin_frame(1, 1, 1);
  b.extend(77);
  b.rewind(mark);
  CHECK(b.size() == copy.size());
  CHECK(b.complete());
  CHECK(std::memcmp(b.data(), copy.data(), copy.size()) == 0);

  add_frame(b, 4, 1);
  auto const open = b.mark();
  add_frame(b, 5, 1);
  b.rewind(open);
  b.end_commit();  // closes frame 4 alone
  auto const marker = format::get_frame_header(b.data() + b.size() - format::marker_size);
  CHECK(marker.kind == format::kind_commit);
  CHECK(marker.tag == 1);
}

TEST_CASE("a cancelled frame leaves nothing, an empty commit neither") {
  batch b;
  b.end_commit();
  CHECK(b.empty());
  b.begin_frame(1, 2, 3);
  b.extend(50);
  b.cancel_frame();
  CHECK(b.empty());
  b.end_commit();
  CHECK(b.empty());
  CHECK(b.complete());
}

TEST_CASE("a batch moves with its contents") {
  batch a;
  add_frame(a, 1, 10);
  a.end_commit();
  auto const size = a.size();
  batch b = std::move(a);
  CHECK(b.size() == size);
  batch c;
  c = std::move(b);
  CHECK(c.size() == size);
  CHECK(c.complete());
}
