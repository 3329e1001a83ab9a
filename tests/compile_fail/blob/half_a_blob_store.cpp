// tags: [R65]
// expect: blob store: `writer_type` needs `result<void> append(bytes_view)`, `result<ref> finish()` and a noexcept move
// expect: blob store: `reader_type` needs `result<size_t> read(span<byte>)`, `result<void> finish()` and a noexcept move
// expect: blob store: it needs `result<ref> put(bytes_view, std::string_view media_type)` and `result<ref> put(bytes_view, ref const&)`
// expect: blob store: it needs `result<writer_type> writer(std::string_view media_type)` and `result<writer_type> writer(ref const&)`
// expect: blob store: it needs `result<bytes> get(ref const&) const`, which checks what it gives
// expect: blob store: it needs `result<reader_type> reader(ref const&) const`
// expect: blob store: it needs `result<bool> contains(digest const&) const`
// expect: blob store: it needs `result<bool> erase(digest const&)`, which says whether it was there
// expect: blob store: it needs `list() const`, a result of a range of {id, size}
#include <anabranch/blob.hpp>

#ifdef ANABRANCH_MUST_FAIL
struct store {
  using ref = ab::blob_ref;
  using digest = ab::sha256::digest;
  struct writer_type {};
  struct reader_type {};
  ab::result<ref> put(ab::bytes_view, std::string_view);
  bool contains(digest const&) const;
};
#else
using store = ab::memory_blobs<>;
#endif
static_assert(ab::detail::must_be_blob_store<store>());
