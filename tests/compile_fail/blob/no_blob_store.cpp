// tags: [R65]
// expect: blob store: it needs the types `ref`, `digest`, `writer_type` and `reader_type`
#include <anabranch/blob.hpp>

struct a_map {};
#ifdef ANABRANCH_MUST_FAIL
using store = a_map;
#else
using store = ab::memory_blobs<>;
#endif
ab::result<bool> fetch(ab::blob_ref const& r, store const& peer, ab::folder_blobs<>& here) {
  return ab::copy_blob(r, peer, here);
}
